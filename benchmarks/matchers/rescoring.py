"""What the peers that only find candidates share: one normaliser and one re-scorer.

An identifier decides and the address counts, for the tips give both; whoever put such a search
to use would do the same.
"""

from collections.abc import Iterable

from anyascii import anyascii
from rapidfuzz import fuzz

from benchmarks.matchers.measuring import Guess, Row

FORMS = frozenset((
    "too", "tovarishchestvo", "s", "ogranichennoy", "otvetstvennostyu", "ogranichennoi", "zhshs",
    "jshs", "zhauapkershiligi", "shekteuli", "seriktestigi", "llp", "ao", "aq", "jsc", "ip", "zhk",
    "jk", "gu", "mm", "kh", "llc", "ltd", "ooo", "individualnyy", "predprinimatel",
))  # fmt: skip
WORKERS = 2
TOP = 20
WHOLE_NUMBER = 12
ADDRESS_SHARE, NAME_ALONE, OTHER_NUMBER = 0.25, 0.95, 0.5


def normal(text: str) -> str:
    """Latin letters, small, one space between words, legal forms cut."""
    plain = "".join(c if c.isalnum() else " " for c in anyascii(text).lower().replace("'", ""))
    words = plain.split()
    return " ".join([word for word in words if word not in FORMS] or words)


class Scorer:
    """The registry's rows normalised once, and what candidates are worth."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.keys: list[str] = []
        self.names: list[str] = []
        self.addresses: list[str] = []
        self.numbers: list[str] = []
        self.by_number: dict[str, int] = {}
        for at, row in enumerate(rows):
            self.keys.append(row["registration"])
            self.names.append(normal(row["name"]))
            self.addresses.append(normal(row["address"]))
            self.numbers.append(row["bin"])
            if row["bin"]:
                self.by_number[row["bin"]] = at

    def best(self, tip: Row, name: str, candidates: Iterable[int]) -> Guess:
        """The entry with the tip's number, else the best of some entries."""
        equal = self.by_number.get(tip["bin"], -1)
        if equal >= 0:
            return tip["id"], self.keys[equal], 1.0, ""
        address = normal(tip["address"])
        scored = [(self._score(tip, name, address, at), at) for at in candidates]
        score, at = max(scored, default=(0.0, -1))
        return tip["id"], self.keys[at] if at >= 0 else "", score, ""

    def _score(self, tip: Row, name: str, address: str, at: int) -> float:
        score = fuzz.token_sort_ratio(name, self.names[at]) / 100
        if address and self.addresses[at]:
            place = fuzz.token_set_ratio(address, self.addresses[at]) / 100
            score = (1 - ADDRESS_SHARE) * score + ADDRESS_SHARE * place
        else:
            score *= NAME_ALONE
        both = len(tip["bin"]) == len(self.numbers[at]) == WHOLE_NUMBER
        return float(score * OTHER_NUMBER if both else score)
