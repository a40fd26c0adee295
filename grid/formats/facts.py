"""What a file says of its meters: customer, tariff, power, place; checked value by value."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from common.identifiers import BadIdentifier, check_bin
from common.regions import is_valid_kato
from grid.formats import values
from grid.formats.blocks import Block
from grid.formats.layout import ABOUT_THE_METER, Layout
from grid.formats.problems import Problems

LONGEST_NAME = 500
LONGEST = {"activity_code": 10}
KEPT_AS = {"activity_code": "activity"}  # where the meter's field has another name
MOST_CONTRACT_KW = 1_000_000.0
RANGES = {"lat": (40.0, 56.0), "lon": (46.0, 88.0), "contract_kw": (0.0, MOST_CONTRACT_KW)}


def facts_of(
    block: Block, layout: Layout, meter: pa.Array, known: values.Mask, problems: Problems, *,
    comma: bool,
) -> tuple[values.Mask, dict[str, dict[str, object]]]:  # fmt: skip
    """Which rows say nothing wrong, and the facts of each meter; the last said counts.

    A fact repeats in thousands of rows, so each distinct value is checked once.
    """
    good = np.ones(len(block.rows), dtype=bool)
    texts = {}
    for column in (c for c in ABOUT_THE_METER if c in layout.columns):
        heading = layout.columns[column]
        text = values.trimmed(block.table[heading])
        keys = pc.dictionary_encode(text)
        wrong = [_wrong_fact(column, v, comma=comma) for v in keys.dictionary.to_pylist()]
        codes = keys.indices.to_numpy(zero_copy_only=False)
        for at, what in enumerate(wrong):
            if what:
                code, params = what
                bad = codes == at
                good &= ~bad
                values.report(problems, block.rows, heading, text, bad, code, **params)
        texts[column] = text
    return good, _last_said(meter, texts, known & good, comma=comma)


def _last_said(
    meter: pa.Array, texts: dict[str, pa.Array], good: values.Mask, *, comma: bool
) -> dict[str, dict[str, object]]:
    names = pa.Table.from_arrays([meter, *texts.values()], ["meter", *texts])
    names = names.filter(pa.array(good)).group_by("meter", use_threads=False)
    last = names.aggregate([(column, "last") for column in texts])
    told = {}
    for row in last.to_pylist():
        facts = {c: _fact(c, row[f"{c}_last"], comma=comma) for c in texts}
        told[row["meter"]] = {KEPT_AS.get(k, k): v for k, v in facts.items() if v not in {None, ""}}
    return told


def _wrong_fact(column: str, text: str, *, comma: bool) -> tuple[str, dict[str, object]] | None:
    """The code and params of what is wrong with a meter's fact; None when it is fine or empty."""
    if text == "":
        return None
    if column == "customer_bin":
        return _wrong_bin(text)
    if column == "kato":
        return None if is_valid_kato(text) else ("kato", {})
    if column in RANGES:
        return _wrong_number(text, RANGES[column], comma=comma)
    limit = LONGEST.get(column, LONGEST_NAME)
    return ("too_long", {"limit": limit}) if len(text) > limit else None


def _wrong_bin(text: str) -> tuple[str, dict[str, object]] | None:
    try:
        check_bin(text)
    except BadIdentifier as error:
        return "bin", {"repair": error.repair or ""}
    return None


def _wrong_number(
    text: str, bounds: tuple[float, float], *, comma: bool
) -> tuple[str, dict[str, object]] | None:
    try:
        value = float(text.replace(",", ".") if comma else text)
    except ValueError:
        return "not_a_number", {"unit": ""}
    low, high = bounds
    return None if low <= value <= high else ("out_of_range", {"low": low, "high": high})


def _fact(column: str, text: str | None, *, comma: bool) -> object:
    if not text:
        return None
    if column in RANGES:
        return float(text.replace(",", ".") if comma else text)
    return check_bin(text).value if column == "customer_bin" else text
