"""Names of files and papers: whether two of them mean the same one."""

import re

from common.names import fold

# What comes after a file's name to say where in it: "row 17", "стр. 3", "2-бет".
_INSIDE = re.compile(
    r"\b(?:(?:rows?|lines?|pages?|sheets?|cells?|columns?|строк\w*|стр|лист\w*|ячейк\w*|колонк\w*|столб\w*"
    r"|пункт\w*|жол\w*|бет\w*|парак\w*|уяшык\w*|п)\s*\d+|\d+\s*(?:жол|бет|парак)\w*)\b"
)
_FOLDERS = re.compile(r"[/\\](?=[^/\\]*\.[a-zA-Z]\w{1,4}\b)")


def file_key(reference: str) -> str:
    """What tells one file or paper from another, however its name is written.

    Case, script look-alikes, punctuation, folders, and the place inside (row, page, sheet) do
    not count: ``D:/in/Demo_10.csv, row 17`` and ``demo 10.csv`` are one file.
    """
    name = _FOLDERS.split(reference)[-1]
    folded = fold(name.replace("_", " "))
    words = _INSIDE.sub(" ", folded).split() or folded.split()
    # 1/12 and 11/2 stay apart, "demo 10" and "demo10" do not.
    return re.sub(r"(?<=\d) (?=\d)", "-", " ".join(words)).replace(" ", "")
