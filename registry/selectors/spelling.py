"""Which words of the register a misspelt one may have meant."""

from collections.abc import Iterable

from django.db.models import Q
from django.db.models.functions import Reverse
from rapidfuzz.distance import OSA

from registry.models import NameWord

SHORTEST = 4  # letters; of a shorter word a slip leaves too little
KEPT = 3  # letters at one end that the slip left as they were
LONG = 8  # letters; a longer word may hold two slips
MOST = 3  # words tried in place of one
READ = 3000  # words of one beginning or end looked at; commoner ones first


def meant_words(word: str, *, unfinished: bool) -> list[str]:
    """Words of the register one slip away (two for a long word), nearest and commonest first.

    An unfinished word is compared with as many letters as were typed. One query.
    """
    if len(word) < SHORTEST or word.isdigit():
        return []
    kept = min(KEPT, len(word) // 2)
    alike = Q(word__startswith=word[:kept]) | Q(backwards__startswith=word[::-1][:kept])
    known = NameWord.objects.annotate(backwards=Reverse("word")).filter(alike).order_by("-entries")
    return _nearest(word, known.values_list("word", "entries")[:READ], unfinished=unfinished)


def _nearest(word: str, known: Iterable[tuple[str, int]], *, unfinished: bool) -> list[str]:
    slips = 2 if len(word) >= LONG else 1
    found: list[tuple[int, int, str]] = []
    for other, entries in known:
        distance = _distance(word, other, slips, unfinished=unfinished)
        if 0 < distance <= slips:
            found.append((distance, -entries, other))
    return [other for _distance_, _entries, other in sorted(found)[:MOST]]


def _distance(word: str, other: str, slips: int, *, unfinished: bool) -> int:
    """Letters added, lost, changed or swapped between the two; above ``slips`` just more."""
    whole = int(OSA.distance(word, other, score_cutoff=slips))
    if not unfinished or len(other) <= len(word):
        return whole
    begun = (other[: len(word) + more] for more in (-1, 0, 1))
    return min(whole, *(int(OSA.distance(word, one, score_cutoff=slips)) for one in begun))
