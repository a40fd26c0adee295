"""Names of companies and places, made comparable across scripts, legal forms and quotes.

Two forms serve a search: ``fold`` is a Cyrillic skeleton in which a Kazakh and a Russian
spelling meet; ``latin`` is a Latin one in which Cyrillic meets the Latin alphabets in use
(2017 apostrophes, 2018 acutes, 2021 diacritics, passport spelling). Neither is for show.
"""

import re
import unicodedata
from functools import lru_cache

QUOTES = '«»"“”„‟‘’‚‹›`´′″'
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ′`´ʹ", "'"))
KAZAKH_TO_RUSSIAN = str.maketrans("әғқңөұүһіыё", "агкноуухиие")
# Capital letters that look alike; small ones follow from them except в, к, м, н, т.
LATIN_LOOKS = str.maketrans("ABCEHKMOPTXYIaceopxyi", "АВСЕНКМОРТХУІасеорхуі")
CYRILLIC = re.compile(r"[\u0400-\u052f]")
LATIN = re.compile(r"[A-Za-z]")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
DOUBLED = re.compile(r"([^\W\d_])\1+")

TO_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziiklmnoprstufhie", strict=True)),
    **dict(zip("жцчшщюяъь", ("zh", "ts", "ch", "sh", "sh", "iu", "ia", "", ""), strict=True)),
}
# Order matters: what stands for one sound in several alphabets becomes one spelling.
LATIN_SOUNDS = (
    ("s'", "sh"),
    ("c'", "ch"),
    ("'", ""),
    ("shch", "sh"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("q", "k"),
    ("w", "u"),
    ("x", "ks"),
    ("y", "i"),
)
LATIN_MARKED = str.maketrans({"ş": "sh", "ç": "ch", "ı": "i", "ý": "u", "ū": "u"})
ZH = re.compile(r"(?<!z)j")

# Abbreviations and full forms, lower case, as printed; the value is the Russian abbreviation.
LEGAL_FORMS = {
    **dict.fromkeys(("тоо", "жшс", "llp", "too", "жшc", "ооо", "llc", "ltd"), "ТОО"),
    **dict.fromkeys(("тдо", "жқс", "alp"), "ТДО"),
    **dict.fromkeys(("ао", "ақ", "jsc", "ao"), "АО"),
    **dict.fromkeys(("нао", "кеақ", "njsc"), "НАО"),
    **dict.fromkeys(("ип", "жк", "ie"), "ИП"),
    **dict.fromkeys(("кх", "шқ"), "КХ"),
    **dict.fromkeys(("фх", "фқ"), "ФХ"),
    **dict.fromkeys(("пк", "өк"), "ПК"),
    **dict.fromkeys(("гу", "мм"), "ГУ"),
    **dict.fromkeys(("ргп", "гкп", "рмк", "мкк"), "ГП"),
    **dict.fromkeys(("ргкп", "гккп", "рмқк", "мкқк"), "КП"),
    **dict.fromkeys(("нк", "ұк", "nc"), "НК"),
    **dict.fromkeys(("филиал", "филиалы", "branch"), "филиал"),
    "товарищество с ограниченной ответственностью": "ТОО",
    "жауапкершілігі шектеулі серіктестігі": "ТОО",
    "жауапкершілігі шектеулі серіктестік": "ТОО",
    "limited liability partnership": "ТОО",
    "limited liability company": "ТОО",
    "товарищество с дополнительной ответственностью": "ТДО",
    "жауапкершілігі қосымша серіктестік": "ТДО",
    "акционерное общество": "АО",
    "акционерлік қоғамы": "АО",
    "акционерлік қоғам": "АО",
    "joint stock company": "АО",
    "индивидуальный предприниматель": "ИП",
    "жеке кәсіпкер": "ИП",
    "крестьянское хозяйство": "КХ",
    "шаруа қожалығы": "КХ",
    "фермерское хозяйство": "ФХ",
    "производственный кооператив": "ПК",
    "государственное учреждение": "ГУ",
    "мемлекеттік мекеме": "ГУ",
    "мемлекеттік мекемесі": "ГУ",
    "национальная компания": "НК",
    "ұлттық компания": "НК",
    "ұлттық компаниясы": "НК",
}
_BY_WORDS = {tuple(form.split()): short for form, short in LEGAL_FORMS.items()}
_LENGTHS = sorted({len(words) for words in _BY_WORDS}, reverse=True)


def strip_legal_form(text: str) -> str:
    """The name without its legal form at either end and without quotes.

    A form inside a word stays (``Заокеанский``); a name that is nothing but a form stays whole.
    """
    return split_legal_form(text)[0]


def split_legal_form(text: str) -> tuple[str, str]:
    """The bare name, and the Russian abbreviation of the outermost legal form ("" if none)."""
    words = _plain(text).split()
    found: list[str] = []
    while words:
        rest, form = _without_form(words)
        if not form or not rest:
            break
        words = rest
        found.append(form)
    forms = [form for form in found if form not in {"филиал", "НК"}] or found
    return " ".join(words), forms[0] if forms else ""


def _without_form(words: list[str]) -> tuple[list[str], str]:
    low = [mend(word).lower().strip(",.()") for word in words]
    for length in _LENGTHS:
        if form := _BY_WORDS.get(tuple(low[:length])):
            return words[length:], form
        if form := _BY_WORDS.get(tuple(low[-length:])):
            return words[:-length], form
    return words, ""


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    for quote in QUOTES:
        text = text.replace(quote, " ")
    return text.strip(" ,;")


def mend(word: str) -> str:
    """A word that mixes both scripts, with its Latin look-alikes made Cyrillic."""
    mixed = CYRILLIC.search(word) and LATIN.search(word)
    return word.translate(LATIN_LOOKS) if mixed else word


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The Cyrillic search form: lower case, Kazakh letters as Russian ones, no punctuation.

    Latin words stay Latin; digits stay, also repeated ones.
    """
    words = _words(text)
    return " ".join(DOUBLED.sub(r"\1", w.lower().translate(KAZAKH_TO_RUSSIAN)) for w in words)


@lru_cache(maxsize=4096)
def latin(text: str) -> str:
    """The Latin search form, in which ``Қарағанды`` and ``Karagandy`` are one word."""
    return " ".join(_latin_word(word) for word in _words(text))


def search_form(*names: str) -> str:
    """What a search looks in: each bare name in its Latin form once, then their legal forms.

    A space goes before every word, the first too, so that " kok" finds where words begin. The
    bare name comes first, as a person begins to type it, and two spaces end it, so that in order
    the whole name stands before the longer ones.
    """
    bare = dict.fromkeys(latin(strip_legal_form(name)) for name in names if name)
    whole = dict.fromkeys(word for name in names for word in latin(name).split())
    named = {word for name in bare for word in name.split()}
    forms = " ".join(word for word in whole if word not in named)
    parts = [part for part in (*bare, forms) if part]
    return f" {'  '.join(parts)}" if parts else ""


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).translate(APOSTROPHES)
    return [mend(word) for word in WORD.findall(text)]


@lru_cache(maxsize=65_536)
def _latin_word(word: str) -> str:
    if word.isascii() and word.isdigit():
        return word
    word = word.lower().translate(KAZAKH_TO_RUSSIAN)
    word = "".join(TO_LATIN.get(letter, letter) for letter in word).translate(LATIN_MARKED)
    word = unicodedata.normalize("NFKD", word)
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    word = ZH.sub("zh", word)
    for spelling, sound in LATIN_SOUNDS:
        word = word.replace(spelling, sound)
    return DOUBLED.sub(r"\1", word)
