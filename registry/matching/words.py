"""Names cut into words: sounds, numbers, initials, and the legal form set apart."""

import re
import unicodedata
from array import array
from collections.abc import Mapping, Sequence
from zlib import crc32

from common.names import APOSTROPHES, LEGAL_FORMS, mend
from common.sounds import sounds

WORD, NUMBER, INITIAL = 0, 1, 2
FORMS = ("", *sorted(set(LEGAL_FORMS.values())))
PERSON_FORMS = {"ИП", "КХ", "ФХ"}
LONGEST = 24  # letters of a word that are compared
MOST_WORDS = 12  # words of a name that are compared
SHORTEST_HALF = 3
JOINED = (3, 2)  # words that a register may write in one

_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x400, 0x530))]
UPPER = "".join(c for c in _LETTERS if c.isupper())
LOWER = "".join(c for c in _LETTERS if c.islower())
WORDS = re.compile(r"[^\W_]+")
NUMBERS_APART = re.compile(r"[^\W\d_]+|\d+")
# Parts of a word written in one: КантагиТех; a word in capitals is one part.
HUMPS = re.compile(rf"[{UPPER}]?[{LOWER}]+|[{UPPER}]+(?![{LOWER}])|[^\W\d_]+")
# Forms as transliterated or as older papers have them, beside those that every search knows.
MORE_FORMS = {
    **dict.fromkeys(("ooo", "jshs", "zhshs", "jşs", "лтд"), "ТОО"),
    **dict.fromkeys(("tdo", "jqs", "zhks"), "ТДО"),
    **dict.fromkeys(("aq", "ak", "оао", "пао", "зао", "открытое акционерное общество"), "АО"),
    **dict.fromkeys(("nao", "keaq"), "НАО"),
    **dict.fromkeys(("ip", "jk", "zhk", "individual entrepreneur", "sole entrepreneur"), "ИП"),
    **dict.fromkeys(
        (
            "общество с ограниченной ответственностью",
            "zhauapkershiligi shekteuli seriktestigi", "jauapkershiligi shekteuli seriktestigi",
            "jauapkerşılıgı şekteulı serıktestıgı", "zhauapkershiligi shekteuli seriktestik",
        ),
        "ТОО",
    ),
}  # fmt: skip
ALL_FORMS = {**LEGAL_FORMS, **MORE_FORMS}
# Aq is also "white", and begins many names; as a form it stands at the end.
ONLY_LAST = {"ақ", "aq", "ak"}
BESIDE_ANOTHER = {"филиал", "НК"}
_FORM_TUPLES = {tuple(form.split()): short for form, short in ALL_FORMS.items()}
_FORM_WORDS = {word for words in _FORM_TUPLES for word in words}
_FORM_LENGTHS = sorted({len(words) for words in _FORM_TUPLES}, reverse=True)


Reading = tuple[str, tuple[int, ...], tuple[int, ...], int]


class Lexicon:
    """The words that a set of names is made of, each with a number.

    Given ``known``, the lexicon of a register, names get a second reading: words written in one
    are cut (``КантагиТех``), and words that the register writes in one are joined.
    """

    def __init__(self, known: "Lexicon | None" = None) -> None:
        self.numbers: dict[str, int] = {}
        self.spelled: list[str] = []
        self.kinds = array("b")
        self._known = known.numbers if known is not None else None
        self._written: dict[str, Reading] = {}

    def __len__(self) -> int:
        return len(self.kinds)

    def forget_spellings(self) -> None:
        """Drop what only reading needed."""
        self._written = {}

    def read(self, text: str) -> tuple[list[int], list[int], list[int], str]:
        """A name's words by number, a checksum of each as written, the second reading, the form.

        The second reading is empty where it would be the first.
        """
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
        text = text.translate(APOSTROPHES).replace("'", "")
        written = [self._written.get(word) or self._cut(word) for word in WORDS.findall(text)]
        form = ""
        for word in written:
            if word[0]:
                written, form = _without_forms(written)
                break
        numbers: list[int] = []
        checks: list[int] = []
        second: list[int] = []
        for _form_word, parts, pieces, check in written[:MOST_WORDS]:
            numbers += parts
            checks += (check,) * len(parts)
            second += pieces
        if self._known is not None and len(numbers) > 1:
            self._join(second, self._known)
        return numbers[:MOST_WORDS], checks[:MOST_WORDS], second if second != numbers else [], form

    def number(self, spelling: str) -> int:
        """The number of a word as it sounds, a new one if it was not met before."""
        found = self.numbers.get(spelling)
        if found is None:
            found = self.numbers[spelling] = len(self.kinds)
            self.spelled.append(spelling)
            self.kinds.append(_kind(spelling))
        return found

    def _cut(self, word: str) -> Reading:
        low = mend(word.lower())
        form_word = low if low in _FORM_WORDS else ""
        parts = [word] if form_word else NUMBERS_APART.findall(word)
        heard = [sounds(part)[:LONGEST] for part in parts]
        first = tuple(self.number(sound) for sound in heard if sound)
        second = first
        if self._known is not None and not form_word:
            pieces = [
                p for part, h in zip(parts, heard, strict=True) for p in self._cut_up(part, h)
            ]
            second = tuple(self.number(piece) for piece in pieces if piece)
        found = (form_word, first, second, crc32(low.encode()) & 0x7FFFFFFF)
        self._written[word] = found
        return found

    def _cut_up(self, part: str, heard: str) -> Sequence[str]:
        """The pieces of a word that seems to be written in one."""
        humps = HUMPS.findall(part)
        if len(humps) > 1:
            return [sounds(hump)[:LONGEST] for hump in humps]
        known = self._known or {}
        if heard in known or len(heard) <= 2 * SHORTEST_HALF or heard.isdigit():
            return [heard]
        cuts = [
            (min(at, len(heard) - at), at)
            for at in range(SHORTEST_HALF, len(heard) - SHORTEST_HALF + 1)
            if heard[:at] in known and heard[at:] in known
        ]
        at = max(cuts)[1] if cuts else len(heard)
        return [heard[:at], heard[at:]]

    def _join(self, numbers: list[int], known: Mapping[str, int]) -> None:
        """Write as one what the register writes as one."""
        for at in range(len(numbers) - 1):
            for length in JOINED:
                words = [self.spelled[number] for number in numbers[at : at + length]]
                joined = "".join(words)
                if len(words) == length and min(map(len, words)) > 1 and joined in known:
                    numbers[at : at + length] = [self.number(joined)]
                    break


def _kind(spelling: str) -> int:
    if spelling.isdigit():
        return NUMBER
    return INITIAL if len(spelling) == 1 else WORD


def _without_forms(written: list[Reading]) -> tuple[list[Reading], str]:
    """The words between the forms at either end, and the form."""
    form = ""
    while len(written) > 1:
        rest, found = _without_form(written)
        known_too = form and found != form and not BESIDE_ANOTHER & {form, found}
        if not found or known_too:
            break
        written = rest
        form = found if not form or form in BESIDE_ANOTHER else form
    return written, form


def _without_form(written: list[Reading]) -> tuple[list[Reading], str]:
    low = tuple(word[0] for word in written)
    for length in _FORM_LENGTHS:
        if length < len(low):
            first = _FORM_TUPLES.get(low[:length], "")
            if first and low[0] not in ONLY_LAST:
                return written[length:], first
            if last := _FORM_TUPLES.get(low[-length:]):
                return written[:-length], last
    return written, ""
