"""An example of each kind of file; invented, and accepted as it stands."""

from common.sheets import as_csv, as_xlsx
from intake.catalogue import KINDS


def sample(slug: str, form: str = "csv") -> bytes:
    """The example of a kind as CSV or XLSX. Raises KeyError for a kind that no app declares."""
    kind = KINDS.get(slug)
    header = [column.name for column in kind.read_columns]
    return as_xlsx(header, kind.sample) if form == "xlsx" else as_csv(header, kind.sample)
