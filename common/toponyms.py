"""How names of places bend: endings of Russian, Kazakh and other tongues, and words in two tongues.

Rules of word formation, not a list of places: «Астраханка» and «Astrakhanskoye» are of one root,
«Новая Шульба», «Novo-Shulbinskoye» and «Жаңа Шүлбі» begin with one word. All in the alphabet of
``common.sounds``.
"""

import re

SHORTEST_ROOT = 4
# Endings of adjectives and of settlements, as they sound, the longer first; with their cases.
ENDINGS = re.compile(
    r"(?:ins|s)?k(?:oi|oie|oe|ii|i|aia|ogo|om)$"
    r"|(?:ov|ev)(?:ka|skii|skoe|skaia|o|a)?$"
    r"|(?:n)(?:oe|oie|ii|aia|i)$"
    r"|(?:in)(?:o|sk)$"
    r"|(?:sk|ka|as|is|us|oe|ii|aia|iia|o|a|e|i|u)$"
)
# Words of one meaning that stand before a name in Russian, Kazakh or English.
MEANINGS = {
    "new": ("novi", "novii", "novaia", "novoe", "novoie", "novo", "jana", "janga", "zanga", "nev"),
    "old": ("starii", "stari", "staraia", "staroe", "staro", "eski", "old"),
    "great": ("bolxoi", "bolxaia", "bolxoe", "bolxe", "ulken", "velikii", "great", "big"),
    "small": ("malii", "mali", "malaia", "maloe", "malo", "kixi", "kixkene", "little", "small"),
    "upper": ("verhnii", "verhni", "verhniaia", "verhnee", "verhne", "verhniie", "verhneie",
              "jogargi", "jogari", "upper"),
    "lower": ("nijnii", "nijni", "nijniaia", "nijnee", "nijne", "nijneie", "tomengi", "tomen",
              "lower"),
    "north": ("severnii", "severnaia", "severnoe", "severo", "soltustik", "north"),
    "south": ("iujnii", "iujnaia", "iujnoe", "iujno", "ontustik", "south"),
    "west": ("zapadnii", "zapadnaia", "zapadnoe", "zapadno", "batis", "west"),
    "east": ("vostoqnii", "vostoqnaia", "vostoqnoe", "vostoqno", "xigis", "east"),
    "first": ("pervii", "pervaia", "pervoe", "pervo", "birinxi"),
}  # fmt: skip
MEANING_OF = {word: meaning for meaning, words in MEANINGS.items() for word in words}
# What a name may begin with, written in one; the rest must be a name itself.
PREFIXES = tuple(
    (word, MEANING_OF[word])
    for word in ("novo", "staro", "bolxe", "malo", "verhne", "nijne", "severo", "iujno", "zapadno",
                 "vostoqno", "pervo")
)  # fmt: skip


def root(sound: str) -> str:
    """A place's name without its ending; the whole where little would be left."""
    while (found := ENDINGS.search(sound)) and found.start() >= SHORTEST_ROOT:
        sound = sound[: found.start()]
    return sound


def parted(sound: str) -> tuple[str, str]:
    """The meaning that a word has or begins with ("" none), and the rest of the word."""
    if sound in MEANING_OF:
        return MEANING_OF[sound], ""
    for prefix, meaning in PREFIXES:
        if sound.startswith(prefix) and len(sound) >= len(prefix) + SHORTEST_ROOT:
            return meaning, sound[len(prefix) :]
    return "", sound
