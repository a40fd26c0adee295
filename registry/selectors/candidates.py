"""Operators found as one types, as pages and the API show them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common.clock import today
from common.names import latin
from pages.badges import Badge
from pages.parts import Piece
from registry.models import Operator, Registration
from registry.policies import may_see_iin
from registry.selectors.declared import is_in_force
from registry.selectors.entries import badge_on
from registry.selectors.lookup import MOST, Hit, hits_for

PARTS = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*|[\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One operator with its telling entry: the one that was asked for, else one in force.

    ``pieces`` is the name cut where it fits what was typed; ``bin`` is masked by policy.
    """

    operator: Operator
    pieces: list[Piece]
    bin: str
    by: str
    registration: Registration | None
    badge: Badge | None
    in_force: bool
    url: str

    @property
    def name(self) -> str:
        return self.operator.display_name

    @property
    def bin_to_fill(self) -> str:
        """The number for a form, "" where the reader may not know it."""
        return self.bin if self.bin == self.operator.bin else ""

    @property
    def number(self) -> str:
        """The number of its entry, "" if it has none."""
        return self.registration.number if self.registration else ""

    @property
    def reason(self) -> str:
        """By what it was found, in words."""
        return {
            "bin": _("by BIN or IIN"),
            "number": _("by the number of the entry"),
            "meter": _("by a meter"),
            "name": _("by name"),
            "spelling": _("by a name spelt almost so"),
        }[self.by]

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "operator": self.operator.pk,
            "name": self.name,
            "bin": self.bin,
            "registration": self.number,
            "in_force": self.in_force,
            "by": self.by,
            "reason": self.reason,
            "matched": [piece.text for piece in self.pieces if piece.matched],
        }


def look_up(text: str, user: Any, most: int = MOST) -> list[Candidate]:
    """The best operators for what was typed so far, with their entries; eleven queries at most."""
    hits = hits_for(text, user, most)
    entries = _entries([hit.operator.pk for hit in hits], user)
    reads_iin = may_see_iin(user)
    return [_candidate(hit, entries.get(hit.operator.pk, []), reads_iin) for hit in hits]


def _entries(operators: Sequence[int], user: Any) -> dict[int, list[Registration]]:
    if not operators:
        return {}
    found: dict[int, list[Registration]] = {}
    rows = Registration.objects.visible_to(user).filter(operator__in=operators)
    for row in rows.order_by("-valid_from", "number"):
        found.setdefault(row.operator_id, []).append(row)
    return found


def _candidate(hit: Hit, entries: list[Registration], reads_iin: bool) -> Candidate:  # noqa: FBT001 - private
    operator, on = hit.operator, today()
    forced = {one.pk: is_in_force(one.status, one.valid_from, one.valid_to, on) for one in entries}
    ranked = sorted(entries, key=lambda one: (one.pk != hit.registration, not forced[one.pk]))
    entry = ranked[0] if ranked else None
    return Candidate(
        operator=operator,
        pieces=marked(operator.display_name, hit.words),
        bin=operator.bin if reads_iin else operator.masked_number,
        by=hit.by,
        registration=entry,
        badge=badge_on(entry, entry.status, on) if entry else None,
        in_force=bool(entry and forced[entry.pk]),
        url=reverse("registry:detail", args=[entry.number]) if entry else "",
    )


def marked(name: str, words: Sequence[str]) -> list[Piece]:
    """The name cut at the letters that fit the beginning of a typed word, in whatever script."""
    pieces: list[Piece] = []
    for part in PARTS.findall(name):
        fits = _letters_that_fit(part, words)
        pieces += [Piece(part[:fits], matched=True)] if fits else []
        pieces += [Piece(part[fits:], matched=False)] if part[fits:] else []
    return pieces


def _letters_that_fit(part: str, words: Sequence[str]) -> int:
    whole = latin(part)
    fitting = [word for word in words if word and whole.startswith(word)]
    if not fitting:
        return 0
    longest = max(fitting, key=len)
    ends = range(1, len(part) + 1)
    return next((end for end in ends if latin(part[:end]).startswith(longest)), len(part))
