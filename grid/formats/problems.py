"""Collects every bad value of a file: all are counted and written out, the first are kept."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from common.errors import BadFile, RowProblem

KEPT = 1000  # shown on the page; the error file has all
LONGEST_VALUE = 120
COLUMNS = ("row", "column", "value", "problem", "accepted")


class Problems:
    """The problems of one file. With ``path`` every one is also written there as CSV."""

    def __init__(self, path: Path | None = None) -> None:
        self.kept: list[RowProblem] = []
        self.count = 0
        self.rows: set[int] = set()
        self.by_code: Counter[str] = Counter()
        self._file = path.open("w", encoding="utf-8-sig", newline="") if path else None
        self._writer = csv.writer(self._file) if self._file else None
        if self._writer:
            self._writer.writerow(COLUMNS)

    def add(self, row: int, column: str, value: object, code: str, **params: object) -> None:
        """Note one problem; the value is cut to a length that a page can show."""
        text = shown(value)
        self.count += 1
        self.rows.add(row)
        self.by_code[code] += 1
        problem = RowProblem(row, column, text, code, params)
        if len(self.kept) < KEPT:
            self.kept.append(problem)
        if self._writer:
            self._writer.writerow([row, column, safe_cell(text), code, accepted(code, params)])

    def add_many(
        self, rows: Iterable[int], column: str, values: Iterable[object], code: str,
        **params: object,
    ) -> None:  # fmt: skip
        for row, value in zip(rows, values, strict=True):
            self.add(int(row), column, value, code, **params)

    def stop(self, column: str, value: object, code: str, **params: object) -> BadFile:
        """The error for a file that cannot be read further; raise what this returns."""
        self.add(1, column, value, code, **params)
        return self.failed()

    def failed(self) -> BadFile:
        """What was found so far, as an error to raise."""
        return BadFile(self.kept)

    def close(self) -> None:
        if self._file:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()


def shown(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def safe_cell(text: str) -> str:
    """A value that a spreadsheet would run as a formula is written as text."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


ACCEPTED = {
    "encoding": "UTF-8 text",
    "binary": "CSV, Parquet or XLSX",
    "empty_file": "a header row and at least one reading",
    "missing_columns": "meter,start,kwh; or start and one column a meter; "
    "or meter,date and one column an interval",
    "unknown_columns": "{known}",
    "repeated_columns": "each column once",
    "unit_missing": "a heading that ends in the unit (kWh, kW, MWh, MW), or --unit",
    "unit_of_column": "values in {unit}, as the supplier's profile says",
    "totals": "readings every 15, 30 or 60 minutes; totals of a day or a month are files "
    "of their own kind (Registry, Imports, by an administrator) and are never spread into hours",
    "step": "a reading every 15, 30 or 60 minutes",
    "step_of_profile": "a reading every {minutes} minutes, as the supplier's profile says",
    "register_unit": "what the registers show, in kWh or MWh",
    "register_moment": "headings that are times (00:30): a register is read at a moment",
    "not_a_register": "registers, which only grow; or a profile whose values are energies",
    "one_reading": "two successive readings of at least one meter",
    "cells": "{expected} values in a row",
    "empty": "a value",
    "too_long": "at most {limit} characters",
    "control_characters": "letters, digits and signs",
    "not_a_time": "2024-01-31T13:00+05:00",
    "not_day_first": "31.01.2024 13:00",
    "no_offset": "2024-01-31T13:00+05:00, or a supplier whose zone is set",
    "no_such_time": "a time that the clocks of {zone} showed",
    "future": "not later than now",
    "too_old": "2000-01-01 or later",
    "off_grid": "a start on the {minutes}-minute grid",
    "not_a_number": "a number such as 12.5",
    "unit_in_value": "a bare number in {unit}",
    "energy_for_power": "the mean power of the interval, a bare number in {unit}",
    "power_for_energy": "the energy of the interval, a bare number in {unit}",
    "ratio": "more than 0, at most {high}",
    "no_such_interval": "nothing: the day has {most} intervals",
    "negative": "0 or more",
    "absurd": "at most {limit} {unit}",
    "duplicate": "one reading for a meter and interval; row {other} is kept",
    "bin": "12 digits with a correct check digit",
    "kato": "nine digits of KATO",
    "out_of_range": "{low} to {high}",
    "other_supplier": "meters of your own network",
    "cut_off": "the whole file",
    "formula": "a value, not a formula",
    "too_big": "at most {limit} MB unpacked",
    "unreadable": "CSV, Parquet or XLSX",
}


def accepted(code: str, params: Mapping[str, object]) -> str:
    """What would have been accepted, in plain English for the error file and the terminal."""
    if code == "bin" and params.get("repair"):
        return f"perhaps {params['repair']} (a leading zero lost)"
    return ACCEPTED.get(code, "").format_map({**dict.fromkeys(FIELDS, ""), **params})


FIELDS = ("known", "expected", "limit", "zone", "minutes", "unit", "other", "low", "high", "most")
