"""The features of a match told as reasons: codes with parameters, strongest first."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from common.identifiers import LENGTH, kind_of
from registry.matching import features as f
from registry.matching.parties import Reason

Row = Sequence[float]
NAMESAKES_EXPECTED = 1.5  # log of entries of such a name that chance alone would bring
TWIN = 0.5  # of the best score: then the second is told of


def explain(row: Row, number: int) -> list[Reason]:
    """Reasons of one match; ``number`` is the entry's identifier, -1 if it has none."""
    return [*_identifier(row, number), *_name(row), *_kind(row), *_address(row), *_place(row)]


def signatures(features: NDArray[Any]) -> list[bytes]:
    """What the reasons of each row depend on: rows with one signature are explained alike."""
    bits = features != 0
    bits[:, f.WEIGHT_MISSING] = features[:, f.WEIGHT_MISSING] > NAMESAKES_EXPECTED
    counts = features[:, [f.ASKED_LEFT, f.KNOWN_LEFT]].astype(np.uint8)
    signs = np.hstack([np.packbits(bits, axis=1), counts])
    return [row.tobytes() for row in signs]


def twin(key: str, score: float) -> Reason:
    """Another entry fits nearly as well."""
    return Reason("twin", {"registration": key, "score": round(score, 2)})


def _identifier(row: Row, number: int) -> Iterator[Reason]:
    if row[f.ID_EQUAL]:
        yield Reason("identifier_equal")
    elif row[f.ID_NEAR] or row[f.ID_REPAIRED]:
        yield Reason("identifier_suggests", {"identifier": _shown(number)})
    elif row[f.ID_CLASH]:
        yield Reason("identifier_clash")
    elif row[f.ID_BAD]:
        yield Reason("identifier_bad")


def _shown(number: int) -> str:
    """A company's number; of a person's only the end, for it is personal."""
    digits = str(number).zfill(LENGTH)
    return digits if kind_of(digits) == "bin" else f"…{digits[-4:]}"


def _name(row: Row) -> Iterator[Reason]:
    yield Reason(_name_code(row))
    if row[f.ASKED_LEFT]:
        yield Reason("words_left", {"count": int(row[f.ASKED_LEFT])})
    if row[f.KNOWN_LEFT]:
        yield Reason("words_missing", {"count": int(row[f.KNOWN_LEFT])})
    for code, holds in (
        ("initials", row[f.INITIALS]),
        ("word_order", row[f.ORDER_DIFFERS]),
        ("numbers_clash", row[f.NUMBERS_CLASH]),
        ("number_missing", row[f.NUMBERS_ASKED_ONLY] or row[f.NUMBERS_KNOWN_ONLY]),
        ("common_words", row[f.WEIGHT_MISSING] > NAMESAKES_EXPECTED),
    ):
        if holds:
            yield Reason(code)


def _name_code(row: Row) -> str:
    if row[f.ALL_WORDS] and not row[f.INITIALS]:
        return "name_spelling" if row[f.WORDS_NEAR] else "name_equal"
    met = row[f.WORDS_EXACT] or row[f.WORDS_NEAR]
    return "name_part" if met else "name_differs"


def _kind(row: Row) -> Iterator[Reason]:
    if row[f.KIND_CLASH]:
        yield Reason("kind_clash")
    elif row[f.FORM_CLASH]:
        yield Reason("form_clash")


def _address(row: Row) -> Iterator[Reason]:
    for code, column in (
        ("place_equal", f.PLACE_EQUAL), ("place_spelling", f.PLACE_NEAR),
        ("place_apart", f.PLACE_APART), ("place_differs", f.PLACE_CLASH),
        ("street_equal", f.STREET_EQUAL), ("street_spelling", f.STREET_NEAR),
        ("street_differs", f.STREET_CLASH), ("house_equal", f.HOUSE_EQUAL),
        ("house_differs", f.HOUSE_CLASH),
    ):  # fmt: skip
        if row[column]:
            yield Reason(code)


def _place(row: Row) -> Iterator[Reason]:
    if row[f.NEAR_METRES]:
        yield Reason("metres", {"metres": int(f.CLOSE_M)})
    elif row[f.NEAR_KM]:
        yield Reason("kilometres", {"km": int(f.NEAR_M / 1000)})
    elif row[f.FAR]:
        yield Reason("far", {"km": int(f.FAR_M / 1000)})
