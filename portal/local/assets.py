"""Copies what the pages load out of node_modules, so that nothing else of it is served.

package.json names the files under "served": patterns relative to node_modules.
"""

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A style or script that names its source map makes the manifest storage look for the map.
MAP_COMMENT = re.compile(rb"/\*[#@] sourceMappingURL=[^*]*\*/|(?m:^//[#@] sourceMappingURL=.*$)")


def copy_served(root: Path = ROOT) -> list[Path]:
    """Fill static/vendor afresh; returns the files written.

    Raises FileNotFoundError for a pattern without a file: a package moved it.
    """
    modules, vendor = root / "node_modules", root / "static" / "vendor"
    fresh = vendor.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    written = []
    for pattern in json.loads((root / "package.json").read_text())["served"]:
        found = sorted(modules.glob(pattern))
        if not found:
            raise FileNotFoundError(f"node_modules has no {pattern}")
        written += [_copy(file, fresh / file.relative_to(modules)) for file in found]
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return [vendor / file.relative_to(fresh) for file in written]


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    content = source.read_bytes()
    if source.suffix in (".css", ".js"):
        content = MAP_COMMENT.sub(b"", content)
    target.write_bytes(content)
    return target


if __name__ == "__main__":
    sys.stdout.write(f"static/vendor: {len(copy_served())} files\n")
