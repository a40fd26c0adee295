"""What is copied out of node_modules for the pages, and what is left out of it."""

import json
from pathlib import Path

import pytest

from portal.local.assets import copy_served


def package(root: Path, *served: str) -> Path:
    (root / "package.json").write_text(json.dumps({"served": served}))
    (root / "static").mkdir(exist_ok=True)
    return root / "node_modules"


def put(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)


def test_only_what_is_named_is_served(tmp_path: Path) -> None:
    modules = package(tmp_path, "@kit/core/dist/*.css")
    put(modules / "@kit/core/dist/kit.css", "a{}")
    put(modules / "@kit/core/src/secret.css", "b{}")
    assert copy_served(tmp_path) == [tmp_path / "static/vendor/@kit/core/dist/kit.css"]
    put(modules / "@kit/core/dist/more.css", "c{}")
    package(tmp_path, "@kit/core/dist/more.css")
    copy_served(tmp_path)
    served = [file.name for file in (tmp_path / "static/vendor").rglob("*.css")]
    assert served == ["more.css"]


def test_a_pattern_without_a_file_is_an_error(tmp_path: Path) -> None:
    package(tmp_path, "gone/dist/gone.js")
    with pytest.raises(FileNotFoundError, match=r"gone/dist/gone\.js"):
        copy_served(tmp_path)
    assert not (tmp_path / "static/vendor").exists()


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("kit.css", "/*# sourceMappingURL=kit.css.map */"),
        ("kit.css", "b{}/*# sourceMappingURL=kit.css.map */"),
        ("kit.js", "//# sourceMappingURL=kit.js.map"),
    ],
)
def test_no_source_map_is_named(tmp_path: Path, name: str, comment: str) -> None:
    modules = package(tmp_path, f"kit/{name}")
    put(modules / "kit" / name, f"first\n{comment}\nlast")
    [copied] = copy_served(tmp_path)
    assert "sourceMappingURL" not in copied.read_text()
    assert copied.read_text().startswith("first")
    assert copied.read_text().endswith("last")
