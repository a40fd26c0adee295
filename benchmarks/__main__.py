"""`make bench`: every benchmark of the folder, one after the other, on data of its own making."""

import pkgutil
import runpy
import sys
from pathlib import Path

NO_BENCHMARKS = {"__main__", "planted", "training"}

if __name__ == "__main__":
    folder = Path(__file__).parent
    programs = (one.name for one in pkgutil.iter_modules([str(folder)]) if not one.ispkg)
    for module in sorted(programs):
        if module not in NO_BENCHMARKS:
            print(f"── {module}", flush=True)
            sys.argv = [module]
            runpy.run_module(f"benchmarks.{module}", run_name="__main__")
