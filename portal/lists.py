"""The journal as a list page."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.policies import may_see_journal
from journal.models import Event
from journal.words import known_verbs, verb_words
from pages.lists import Column, ListPage


def _verb_choices() -> list[tuple[str, object]]:
    return sorted(known_verbs().items(), key=lambda pair: pair[0])


class EventFilter(django_filters.FilterSet):
    """By act, by kind of object and by days."""

    verb = django_filters.ChoiceFilter(label=_("Act"), choices=_verb_choices)
    subject_type = django_filters.CharFilter(label=_("Kind of object"))
    subject_id = django_filters.CharFilter(label=_("Object"))
    after = django_filters.DateFilter(
        label=_("From"), field_name="happened_at", lookup_expr="date__gte"
    )
    before = django_filters.DateFilter(
        label=_("To"), field_name="happened_at", lookup_expr="date__lte"
    )

    class Meta:
        model = Event
        fields = ["verb", "subject_type", "subject_id"]


class JournalList(ListPage):
    """Who did what to which object, when and why. For auditors and administrators."""

    title = _("Journal")
    noun = _("events")
    columns = (
        Column("id", _("Number"), kind="number", sort="id"),
        Column("happened_at", _("When"), kind="moment", sort="happened_at", phone="end"),
        Column("actor_name", _("Who"), second="body", sort="actor_name"),
        Column("what", _("Act"), second="reason", fill=True, phone="main"),
        Column("subject_label", _("Object"), second="subject_type", fill=True, foot=True),
        Column("short_hash", _("Hash"), css="id"),
    )
    default_sort = "-id"
    search = ("actor_name__icontains", "subject_label__icontains", "reason__icontains")
    filterset_class = EventFilter
    empty_text = _("Nothing was recorded that fits the filters.")
    page_size = 50

    def allowed(self) -> bool:
        return may_see_journal(self.request.user)

    def queryset(self) -> QuerySet[Event]:
        return Event.objects.all()

    def rows(self, page: list[Event]) -> list[Event]:
        for event in page:
            event.what = verb_words(event.verb)  # type: ignore[attr-defined]  # told for the page
            event.body = event.actor_body.get(self.request.LANGUAGE_CODE, "")  # type: ignore[attr-defined]  # as above
            event.short_hash = event.hash[:12]  # type: ignore[attr-defined]  # as above
        return page
