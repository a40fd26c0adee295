"""Addresses cut into place, street and house, whatever the order of markers."""

import re
from functools import lru_cache

from common.places import canonical
from common.sounds import sounds
from registry.matching.shapes import LONGEST

PLACE, STREET = 0, 1
# Words that say what a part of an address is; the name is what remains.
PLACE_MARKERS = frozenset((
    "г", "гор", "город", "с", "село", "сельский", "округ", "п", "пос", "поселок", "посёлок", "пгт",
    "аул", "ауыл", "ауылы", "қ", "қала", "қаласы", "кент", "кенті", "обл", "область", "облысы",
    "р", "рн", "район", "аудан", "ауданы", "city", "village", "town", "region", "district",
    "qalasy", "kalasy", "auyly",
))  # fmt: skip
STREET_MARKERS = frozenset((
    "ул", "улица", "көш", "көшесі", "пр", "проспект", "просп", "даңғылы", "пер", "переулок",
    "мкр", "микрорайон", "ш", "шоссе", "тұйық", "тұйығы", "шағын", "бульвар", "бул", "street",
    "st", "avenue", "ave", "koshesi", "kosh", "dangyly", "ulitsa", "ul", "prospekt",
))  # fmt: skip
SILENT = frozenset((
    "д", "дом", "үй", "корпус", "корп", "стр", "строение", "кв", "квартира", "пәтер", "оф", "офис",
    "house", "apt", "office", "казахстан", "қазақстан", "kazakhstan", "qazaqstan", "рк",
))  # fmt: skip
SKIPPED = STREET_MARKERS | PLACE_MARKERS | SILENT
WORDS = re.compile(r"[^\W\d_]+")
HOUSE = re.compile(r"(\d+)\s*([^\W\d_])?(?![^\W\d_])")
LETTERS = 64
MOST_DIGITS = 4  # of a house; a longer number is none, but a postal code


def read_address(text: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Places and streets as they sound, and the house as a number (0: none)."""
    places: list[str] = []
    streets: list[str] = []
    house = 0
    for at, part in enumerate(text.split(",")):
        digits = HOUSE.search(part)
        name = part[: digits.start()] if digits else part
        role, heard = _part(name.strip(), at > 0)
        if digits and not house and len(digits[1]) <= MOST_DIGITS and (at or name.strip()):
            house = int(digits[1]) * LETTERS + _letter(digits[2] or "")
        if heard:
            (streets if role == STREET else places).append(heard)
    return tuple(places), tuple(streets), house


@lru_cache(maxsize=65536)
def _part(text: str, later: bool) -> tuple[int, str]:  # noqa: FBT001 - private
    words = [word.lower() for word in WORDS.findall(text.replace("'", "").replace("’", ""))]
    role = STREET if later else PLACE
    if any(word in STREET_MARKERS for word in words):
        role = STREET
    elif any(word in PLACE_MARKERS for word in words):
        role = PLACE
    named = [word for word in words if word not in SKIPPED]
    heard = "".join(sounds(word) for word in named)
    return role, (canonical(heard) if role == PLACE else heard)[:LONGEST]


@lru_cache(maxsize=256)
def _letter(letter: str) -> int:
    heard = sounds(letter.lower()) if letter else ""
    return ord(heard[0]) - ord("a") + 1 if heard and heard[0].isalpha() else 0
