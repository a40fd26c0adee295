"""Invented registers, tips and pairs of names: no word of them is anybody's.

Words are made of syllables from a seed, so another seed speaks other words. Tips are entries with
documented corruptions (the column ``changes`` names them), or parties that are no entry.
"""

import csv
import gzip
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.matchers.measuring import Row, rows_of

REGISTER = ("registration", "name", "bin", "address", "lat", "lon")
TIPS = ("id", "name", "bin", "address", "lat", "lon")
TRUTH = ("id", "registration", "changes")
PAIRS = ("set", "schema", "a", "b", "label")
CONSONANTS, VOWELS = "бгджзклмнпрстшқғң", "аеиоуұіөәы"
ENDINGS = ("", "н", "р", "т", "с", "к", "л", "м")
SURNAMES = ("ов", "ев", "ин", "енко", "баев", "ұлы", "ова", "ева")
PLACES, STREETS, ROOTS, COMMON, GIVEN = 250, 400, 12_000, 80, 300
FORMS = (("ТОО", "Товарищество с ограниченной ответственностью", "ЖШС", "LLP", "TOO"),
         ("АО", "Акционерное общество", "АҚ", "JSC", "AO"),
         ("ИП", "Индивидуальный предприниматель", "ЖК", "IE", "IP"))  # fmt: skip
IN_REGISTER = 0.7  # of the tips
RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
_PLAIN = dict(zip("абвгдезийклмнопрстуфхы", "abvgdeziyklmnoprstufhy", strict=True))
PASSPORT = {**_PLAIN, "ж": "zh", "ш": "sh", "х": "kh", "ц": "ts", "ч": "ch", "я": "ya", "ь": ""}
KAZAKH_LATIN = {
    **_PLAIN, "ж": "j", "ш": "ş", "и": "i", "й": "i", "ә": "ä", "ғ": "ğ", "қ": "q", "ң": "ñ",
    "ө": "ö", "ұ": "ū", "ү": "ü", "і": "ı", "у": "u", "х": "h", "ь": "",
}  # fmt: skip
FIRST, SECOND = tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def checked(eleven: str) -> str:
    """Eleven digits with their check digit, "" if no number begins so."""
    for weights in (FIRST, SECOND):
        rest = sum(int(d) * w for d, w in zip(eleven, weights, strict=True)) % 11
        if rest < 10:
            return f"{eleven}{rest}"
    return ""


class Inventor:
    """Words of a seed, and parties made of them."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.taken: set[str] = set()
        self.roots = [self._word(2, 4) for _ in range(ROOTS)]
        self.common = [self._word(2, 3) for _ in range(COMMON)]
        self.places = [self._word(2, 4) for _ in range(PLACES)]
        self.streets = [self._word(2, 4) for _ in range(STREETS)]
        self.given = [self._word(2, 3) for _ in range(GIVEN)]

    def _word(self, least: int, most: int) -> str:
        rng = self.rng
        syllables = rng.randint(least, most)
        word = "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(syllables))
        return (word + rng.choice(ENDINGS)).capitalize()

    def number(self, *, person: bool) -> str:
        """An identifier that nobody else has: good check digit, a year in which none was given."""
        rng = self.rng
        while True:
            kind = f"{rng.randint(1, 28):02d}" if person else f"{rng.choice('45')}0"
            began = f"{rng.randint(60, 85)}{rng.randint(1, 12):02d}{kind}"
            found = checked(f"{began}{rng.randint(10_000, 99_999)}")
            if found and found not in self.taken:
                self.taken.add(found)
                return found

    def company(self) -> str:
        """A bare name: a rare word by a power law, mostly with common ones or a number."""
        rng = self.rng
        words = [self.roots[int(ROOTS * rng.random() ** 2)]]
        if rng.random() < 0.7:
            words.append(self.common[int(COMMON * rng.random() ** 2)])
        if rng.random() < 0.2:
            words.append(self.common[int(COMMON * rng.random())])
        if rng.random() < 0.15:
            words.append(str(rng.randint(1, 30)))
        return " ".join(words)

    def person(self) -> str:
        """Surname, given name and, mostly, the father's."""
        rng = self.rng
        surname = rng.choice(self.roots[:3000]) + rng.choice(SURNAMES)
        names = [rng.choice(self.given), rng.choice(self.given) + "ұлы"]
        return " ".join([surname, *names[: 1 + (rng.random() < 0.7)]])

    def address(self) -> str:
        """A town, a street, a house."""
        rng = self.rng
        place = self.places[int(PLACES * rng.random() ** 1.5)]
        return f"{place}, {rng.choice(self.streets)} {rng.randint(1, 160)}"

    def entry(self, key: str) -> Row:
        """One party of the register."""
        rng = self.rng
        person = rng.random() < 0.15
        bare = self.person() if person else self.company()
        return self.described(key, bare, self.address(), person=person)

    def described(self, key: str, bare: str, address: str, *, person: bool) -> Row:
        """A party of a bare name with a form and a number of its own."""
        form = self.rng.choice(FORMS[2] if person else FORMS[self.rng.random() < 0.1])
        name = f"{form} {bare}" if person else f"{form} «{bare}»"
        number = self.number(person=person)
        return dict(zip(REGISTER, (key, name, number, address, "", ""), strict=True))


def write(path: Path, header: Sequence[str], rows: Iterable[Row]) -> None:
    """A CSV file, gzipped if its name says so."""
    opener: Any = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)


def corrupted(rng: random.Random, entry: Row) -> tuple[Row, list[str]]:
    """The entry as somebody would report it, and what was changed."""
    bare = entry["name"].replace("«", "").replace("»", "")
    form = next(f for forms in FORMS for f in sorted(forms, key=len)[::-1] if bare.startswith(f))
    words = bare.removeprefix(form).split()
    changes = []
    for share, change in ((0.25, "translit"), (0.3, "typo"), (0.3, "kk2ru"), (0.1, "order")):
        if rng.random() < share:
            words = CHANGES[change](rng, words)
            changes.append(change)
    name = " ".join(words)
    if rng.random() < 0.5:
        forms = next(forms for forms in FORMS if form in forms)
        form = rng.choice(("", *forms))
        changes.append("form")
    name = f"{name} {form}" if form in {"ЖШС", "АҚ", "LLP", "JSC", "ЖК"} else f"{form} {name}"
    has_number = rng.random() < 0.15
    changes += ["id"] * has_number
    address = _told_address(rng, entry["address"], changes)
    tip = {
        "name": name.strip(), "bin": entry["bin"] if has_number else "", "address": address,
        "lat": "", "lon": "",
    }  # fmt: skip
    return tip, changes


def _told_address(rng: random.Random, address: str, changes: list[str]) -> str:
    place, _, rest = address.partition(", ")
    kind = rng.choice(("fulladdr", "fulladdr", "locality", "street", "noaddr"))
    changes.append(kind)
    if kind == "noaddr":
        return ""
    place = place.translate(RUSSIAN) if rng.random() < 0.3 else place
    street = {"fulladdr": rest, "street": rest.rsplit(" ", 1)[0], "locality": ""}[kind]
    town, road = rng.choice((("", ""), ("г. ", "ул. "), ("", "улица ")))
    return f"{town}{place}, {road}{street}" if street else f"{town}{place}"


def _translit(rng: random.Random, words: list[str]) -> list[str]:
    table = rng.choice((PASSPORT, KAZAKH_LATIN))
    words = [w.translate(RUSSIAN) for w in words] if table is PASSPORT else words
    return ["".join(table.get(c, c) for c in w.lower()).capitalize() for w in words]


def _typo(rng: random.Random, words: list[str]) -> list[str]:
    at = max(range(len(words)), key=lambda i: len(words[i]))
    word, place = words[at], rng.randrange(1, max(2, len(words[at]) - 1))
    wrong = rng.choice((
        word[:place] + word[place + 1 :],
        word[:place] + rng.choice(VOWELS + CONSONANTS) + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ))  # fmt: skip
    return [*words[:at], wrong, *words[at + 1 :]]


CHANGES: dict[str, Callable[[random.Random, list[str]], list[str]]] = {
    "translit": _translit,
    "typo": _typo,
    "kk2ru": lambda _rng, words: [word.translate(RUSSIAN) for word in words],
    "order": lambda _rng, words: [*words[1:], words[0]],
}


def make(folder: Path, entries: int, tips: int, seed: int) -> None:
    """A whole set: register, tips with the truth, and pairs."""
    inventor = Inventor(seed)
    register = [inventor.entry(f"R{at}") for at in range(entries)]
    write(folder / "registry.csv.gz", REGISTER, register)
    told, truth = [], []
    for at in range(tips):
        known = inventor.rng.random() < IN_REGISTER
        entry = inventor.rng.choice(register) if known else inventor.entry("")
        tip, changes = corrupted(inventor.rng, entry)
        told.append({"id": f"T{at}", **tip})
        truth.append({
            "id": f"T{at}", "registration": entry["registration"],
            "changes": " ".join(changes if known else ["nomatch", *changes]),
        })  # fmt: skip
    write(folder / "tips.csv.gz", TIPS, told)
    write(folder / "truth.csv.gz", TRUTH, truth)
    write(folder / "pairs.csv", PAIRS, _pairs(inventor, 1500))


def _pairs(inventor: Inventor, count: int) -> Iterator[Row]:
    """Two spellings of one name, or a name and its nearest of other words."""
    for kind, schema, invent in (
        ("persons", "Person", inventor.person), ("companies", "Company", inventor.company),
        ("places", "Company", lambda: inventor.rng.choice(inventor.places)),
    ):  # fmt: skip
        for _ in range(count):
            a = invent()
            words = CHANGES["translit"](inventor.rng, a.split())
            same = inventor.rng.random() < 0.5
            if inventor.rng.random() < 0.3:
                words = _typo(inventor.rng, words)
            if not same:
                at = inventor.rng.randrange(len(words))
                other = CHANGES["translit"](inventor.rng, [inventor.rng.choice(inventor.roots)])[0]
                keep = inventor.rng.randrange(2, 4)
                words[at] = words[at][:keep] + other[keep:].lower()
            yield {"set": kind, "schema": schema, "a": a, "b": " ".join(words),
                   "label": str(int(same))}  # fmt: skip


def extend(folder: Path, target: Path, entries: int, seed: int) -> None:
    """A register of so many entries: the folder's own, and parties put together of its words.

    An added party has the first word of one entry, the other words of a second, the address of a
    third and a number of its own: namesakes and near namesakes as a grown register has them. An
    exact double of a name at an exact double of an address is left out, for nothing tells it.
    """
    own = list(rows_of(folder / "registry.csv.gz"))
    inventor = Inventor(seed)
    inventor.taken.update(row["bin"] for row in [*own, *rows_of(folder / "tips.csv.gz")])
    rng = inventor.rng
    known = {(row["name"], row["address"]) for row in own}

    def added() -> Iterator[Row]:
        yield from own
        at = len(own)
        while at < entries:
            one, two, three = (rng.choice(own) for _ in range(3))
            name = _crossed(one["name"], two["name"])
            if (name, three["address"]) in known:
                continue
            person = one["bin"][4:5] < "4"
            yield {
                "registration": f"X{at}", "name": name, "bin": inventor.number(person=person),
                "address": three["address"], "lat": "", "lon": "",
            }  # fmt: skip
            at += 1

    write(target / "registry.csv.gz", REGISTER, added())


def _crossed(one: str, two: str) -> str:
    """The first name's form and first word with the second name's other words."""
    first, second = one.split(), two.rstrip("»\"”' ").split()
    if len(first) < 2 or len(second) < 2:
        return one
    opened = sum(first[1].count(sign) for sign in "«“") + first[1].count('"')
    closing = "»" if "«" in first[1] else '"' if opened else ""
    head = first[1].rstrip('»"”')
    tail = " ".join(second[2:])
    return f"{first[0]} {head} {tail}".rstrip() + closing
