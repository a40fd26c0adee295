"""The load mathematics' compiler: what it compiled is kept until a file of the package changes."""

from pathlib import Path

from common.compiled import Compiler

compiled = Compiler(Path(__file__).parent)
