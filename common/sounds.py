"""Words as they sound, written in 24 Latin letters: one spelling for every script.

``Қарағанды``, ``Караганда`` and ``Qaraghandy`` come out alike or nearly so. A letter stands for
one sound: c = ц, j = ж, q = ч, x = ш and щ; й, ы and і are i, and doubled letters are single.
The form is for comparing, never for show. Scripts other than Latin and Cyrillic are first
romanised by ``anyascii``.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from common.names import mend

CYRILLIC_SOUNDS = {
    **dict(zip("абвгдежзийклмнопрстуфхцчшщыэ", "abvgdejziiklmnoprstufhcqxxie", strict=True)),
    **dict(zip("әғқңөұүһіўџђћљњј", "agknouuhiujjqlni", strict=True)),
    "ё": "e",
    "ю": "iu",
    "я": "ia",
    "ї": "i",
    "є": "ie",
    "ґ": "g",
    "ъ": "",
    "ь": "",
    "ѣ": "e",
}
CYRILLIC_TABLE = str.maketrans(CYRILLIC_SOUNDS)
CYRILLIC_CAPITALS = str.maketrans({k: v.upper() for k, v in CYRILLIC_SOUNDS.items()})
# Letters with marks that say more than their base letter does; a capital is a sound already.
MARKED = str.maketrans(
    {
        **dict.fromkeys("šşșŝ", "X"), **dict.fromkeys("žż", "J"), **dict.fromkeys("čç", "Q"),
        "ś": "s", "ğ": "g", "ǵ": "g", "ý": "i", "ı": "i", "ł": "l", "ø": "o", "ß": "s",
        "đ": "d", "æ": "e", "œ": "e", "å": "o", "þ": "t", "ð": "d", "ə": "a", "ŋ": "n",
    }
)  # fmt: skip
# Several letters for one sound; the first that fits is taken.
LETTER_GROUPS = {
    "shch": "x", "tsch": "q", "dsch": "j", "stsch": "x", "schtsch": "x", "szcz": "x",
    "sch": "x", "sh": "x", "sz": "x", "zh": "j", "dzh": "j", "dj": "j",
    "tch": "q", "ch": "q", "cz": "q", "kh": "h", "gh": "g", "ts": "c", "tz": "c",
    "ph": "f", "ck": "k", "th": "t", "ou": "u", "w": "v", "x": "ks",
    "ce": "ce", "ci": "ci", "cy": "ci", "c": "k", "qu": "k", "q": "k", "y": "i",
    "ija": "ia", "iju": "iu", "jo": "io", "ja": "ia", "ju": "iu", "je": "ie", "ji": "i",
}  # fmt: skip
AT_START = {"je": "je", "ja": "ja", "ju": "ju", "jo": "jo", "ji": "ji"}
GROUPS = re.compile("|".join(sorted(LETTER_GROUPS, key=len, reverse=True)))
LATE_J = re.compile(r"j(?=[bcdfghklmnpqrstvxz]|$)")
DOUBLED = re.compile(r"([a-z])\1+")
APOSTROPHES = re.compile(r"['’‘ʼʻ′`´ʹ\u02b9\u02bb]")
NOT_SOUND = re.compile(r"[^A-Za-z0-9]+")


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """One word, in any script and case, as it sounds; digits stay as they are."""
    low = mend(word).lower()
    if low.isascii():
        return _latin_sounds(low)
    written = low.translate(CYRILLIC_TABLE)
    if written.isascii() and not any(letter.isascii() and letter.isalpha() for letter in low):
        return DOUBLED.sub(r"\1", written.replace("dj", "j"))
    return _latin_sounds(_romanised(low))


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """One word in small Latin letters, spelled as usual; marks are dropped, doubles kept."""
    low = unicodedata.normalize("NFKD", mend(word).lower())
    plain = "".join(letter for letter in low if not unicodedata.combining(letter))
    return NOT_SOUND.sub("", plain if plain.isascii() else anyascii(plain)).lower()


def _romanised(low: str) -> str:
    text = unicodedata.normalize("NFC", low).translate(MARKED).translate(CYRILLIC_CAPITALS)
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain if plain.isascii() else anyascii(plain)


def _latin_sounds(word: str) -> str:
    word = NOT_SOUND.sub("", APOSTROPHES.sub("", word))
    if word.isdigit():
        return word
    start = AT_START.get(word[:2], "")
    rest = word[len(start) :]
    written = start + GROUPS.sub(lambda found: LETTER_GROUPS[found[0]], rest)
    return DOUBLED.sub(r"\1", LATE_J.sub("i", written).lower())
