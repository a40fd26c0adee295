"""Where the files of tips and evidence are kept; the first migration knows the paths by here."""

from pages.kept import KeptFile, sealed_path, viewing_path

__all__ = ["KeptFile", "sealed_path", "viewing_path"]
