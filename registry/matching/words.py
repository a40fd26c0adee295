"""Names cut into words: sounds, numbers, initials, and the legal form set apart."""

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from zlib import crc32

from common.names import LEGAL_FORMS, mend
from common.sounds import sounds
from registry.matching.shapes import INITIAL, LONGEST, MOST_WORDS, NUMBER, WORD

FORMS = ("", *sorted(set(LEGAL_FORMS.values())))
PERSON_FORMS = {"ИП", "КХ", "ФХ"}
SHORTEST_HALF = 3
JOINED = (3, 2)  # words that a register may write in one

_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x400, 0x530))]
UPPER = "".join(c for c in _LETTERS if c.isupper())
LOWER = "".join(c for c in _LETTERS if c.islower())
# Apostrophes inside a word belong to it: Bol'shoye.
WORDS = re.compile(r"[^\W_]+(?:['’‘ʼʻ′`´ʹ]+[^\W_]+)*")
APOSTROPHES = re.compile("['’‘ʼʻ′`´ʹ]+")
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

MOST_CUTS = 200_000  # words whose cutting is remembered
# A word of a form ("" no such), its parts as they sound, those of the second reading, a checksum.
Cut = tuple[str, tuple[str, ...], tuple[str, ...], int]
Reading = tuple[str, tuple[int, ...], tuple[int, ...], tuple[int, ...]]
Forms = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


def _forms_by(place: int) -> Forms:
    """Forms by their first or last word, the longest of them first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, short in sorted(_FORM_TUPLES.items(), key=lambda one: -len(one[0])):
        found[words[place]].append((words, short))
    return found


_AT_START = {word: forms for word, forms in _forms_by(0).items() if word not in ONLY_LAST}
_AT_END = _forms_by(-1)


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
        # How words are cut is the same for every batch that is asked of one register.
        self._cuts: dict[str, Cut] = known.cuts_of_asked if known is not None else {}
        self.cuts_of_asked: dict[str, Cut] = {}
        self._written: dict[str, Reading] = {}

    def __len__(self) -> int:
        return len(self.kinds)

    def forget_spellings(self) -> None:
        """Drop what only reading needed."""
        self._written = {}
        self._cuts = {}

    def read(self, text: str) -> tuple[list[int], list[int], list[int], str]:
        """A name's words by number, a checksum of each as written, the second reading, the form.

        The second reading is empty where it would be the first.
        """
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
        known = self._written
        written = [known.get(word) or self._read_word(word) for word in WORDS.findall(text)]
        form = ""
        if written and (written[0][0] or written[-1][0]):
            written, form = _without_forms(written)
        numbers: list[int] = []
        checks: list[int] = []
        second: list[int] = []
        for _form_word, parts, pieces, check in written[:MOST_WORDS]:
            numbers += parts
            checks += check
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

    def _read_word(self, written: str) -> Reading:
        cut = self._cuts.get(written)
        if cut is None:
            if len(self._cuts) >= MOST_CUTS:
                self._cuts.clear()
            cut = self._cuts[written] = self._cut(APOSTROPHES.sub("", written))
        form_word, heard, pieces, check = cut
        first = tuple([self.number(sound) for sound in heard])
        second = first if pieces is heard else tuple([self.number(piece) for piece in pieces])
        found = self._written[written] = (form_word, first, second, (check,) * len(first))
        return found

    def _cut(self, word: str) -> Cut:
        low = mend(word.lower())
        form_word = low if low in _FORM_WORDS else ""
        parts = [word] if form_word else NUMBERS_APART.findall(word)
        all_heard = [sounds(part)[:LONGEST] for part in parts]
        heard = pieces = tuple(sound for sound in all_heard if sound)
        if self._known is not None and not form_word:
            cut = [p for part in zip(parts, all_heard, strict=True) for p in self._cut_up(*part)]
            pieces = tuple(piece for piece in cut if piece)
        check = crc32(low.encode()) & 0x7FFFFFFF
        return form_word, heard, heard if pieces == heard else pieces, check

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
        words = [self.spelled[number] for number in numbers]
        at = 0
        while at < len(words) - 1:
            for length in JOINED:
                some = words[at : at + length]
                joined = "".join(some)
                if joined in known and len(some) == length and min(map(len, some)) > 1:
                    words[at : at + length] = [joined]
                    numbers[at : at + length] = [self.number(joined)]
                    break
            at += 1


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
    first, last = written[0][0], written[-1][0]
    if not (first or last):
        return written, ""
    words = tuple(word[0] for word in written)
    for form, short in _AT_START.get(first, ()):
        if len(form) < len(words) and words[: len(form)] == form:
            return written[len(form) :], short
    for form, short in _AT_END.get(last, ()):
        if len(form) < len(words) and words[-len(form) :] == form:
            return written[: -len(form)], short
    return written, ""
