"""The stream of a case: facts of the journal, notes of people, events outside."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Comment
from cases.wording import spoken
from journal.selectors import EventView, history_of

# Shown as notes themselves, or in the custody log of the evidence.
NOT_FACTS = {"cases.case.comment", "cases.case.edit_comment", "cases.case.view_evidence"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``kind`` is fact, said or outside; a fact has an event, the others a comment."""

    kind: str
    at: datetime
    event: EventView | None = None
    comment: Comment | None = None

    @property
    def what(self) -> str:
        """What the act was about, in the reader's language."""
        return spoken(self.event.facts.get("what", "")) if self.event else ""


def timeline_of(case: Case, reader: User, kind: str = "") -> list[Entry]:
    """Newest first; only what the reader may see; ``kind`` keeps one kind."""
    entries = _facts(case) + _notes(case, reader)
    kept = [entry for entry in entries if not kind or entry.kind == kind]
    return sorted(kept, key=lambda entry: entry.at, reverse=True)


def _facts(case: Case) -> list[Entry]:
    return [
        Entry("fact", event.at, event=event)
        for event in history_of(case)
        if event.verb not in NOT_FACTS
    ]


def _notes(case: Case, reader: User) -> list[Entry]:
    notes = Comment.objects.visible_to(reader).filter(case=case).select_related("author", "agency")
    return [
        Entry("outside" if note.happened_on else "said", note.written_at, comment=note)
        for note in notes
    ]


def by_day(entries: list[Entry]) -> list[tuple[datetime, list[Entry]]]:
    """The entries grouped by the day on which they were made."""
    days = groupby(entries, key=lambda entry: timezone.localtime(entry.at).date())
    grouped = [list(found) for _day, found in days]
    return [(found[0].at, found) for found in grouped]
