"""The refused rows of a file, each with what is wrong, as a file to mend and send again."""

from collections import defaultdict
from collections.abc import Sequence

from common.errors import RowProblem
from common.sheets import as_csv, as_xlsx
from common.tables import read_table
from registry.imports.columns import ERROR_COLUMN, REGISTRATION_COLUMNS
from registry.wording import problem_words


def error_file(
    name: str, content: bytes, problems: Sequence[RowProblem], form: str = "csv"
) -> bytes:
    """CSV (with ``;``, as spreadsheets in Russian and Kazakh expect) or XLSX.

    The columns are those of the file sent, with the last one telling what to mend; it may
    stay in the file when it comes back. Raises BadFile like any reading.
    """
    table = read_table(name, content, REGISTRATION_COLUMNS)
    told: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        words = problem_words(problem)
        told[problem.row].append(f"{problem.column}: {words}" if problem.column else words)
    columns = [column for column in table.columns if column != ERROR_COLUMN]
    rows = [
        [*(row.values.get(column, "") for column in columns), " ".join(told[row.number])]
        for row in table.rows
        if row.number in told
    ]
    header = [*columns, ERROR_COLUMN]
    return as_xlsx(header, rows) if form == "xlsx" else as_csv(header, rows, ";")
