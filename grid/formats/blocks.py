"""What an opened file of readings is, and the blocks that it is read in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Kind = Literal["csv", "parquet", "xlsx"]


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of the file and the row number (header is row 1) of each row."""

    rows: NDArray[np.int64]
    table: pa.Table


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file: its kind, column names as written, their row, delimiter if it is text."""

    path: Path
    kind: Kind
    columns: list[str]
    delimiter: str = ""
    header_row: int = 1

    @property
    def own_names(self) -> list[str]:
        """Column names for Arrow; one that stands twice is refused by the layout beforehand."""
        return [name or f"#{i}" for i, name in enumerate(self.columns)]
