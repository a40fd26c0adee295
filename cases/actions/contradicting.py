"""States what contradicts the registry: two different sources, named and dated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from cases.choices import ONE_SOURCE, SourceKind
from cases.models import ContradictingSource, Contradiction, Lead
from common import clock
from common.errors import Refused
from common.names import fold
from common.references import file_key

SIDES = ("first", "second")
KEY_LENGTH = 300


@dataclass(frozen=True, slots=True)
class SourceWords:
    """What one source says. ``reference`` names its file, entry or paper, ``item`` the place in it.

    ``figure`` and ``unit`` (a FigureUnit) go together.
    """

    kind: str
    reference: str
    dated_on: date
    says: str
    item: str = ""
    figure: Decimal | None = None
    unit: str = ""

    @property
    def key(self) -> str:
        """Equal for two items that count as one source."""
        if self.kind in ONE_SOURCE:
            return self.kind
        return file_key(self.reference)[:KEY_LENGTH]


def state_contradiction(
    *, lead: Lead, words: str, sources: Sequence[SourceWords], against: Iterable[str], actor: User
) -> Contradiction:
    """Keeps the statement with its two sources; the caller proposes the case.

    Raises Refused at the field that is missing, when both are items of one source, and when
    they say the same.
    """
    if not words.strip():
        raise Refused(
            _(
                "The registry knows a registered, active operator here. Say what contradicts "
                "the entry; another official then confirms."
            ),
            field="contradiction",
        )
    if len(sources) != len(SIDES):
        raise Refused(_("Name two sources that contradict each other."), field="first_reference")
    for side, source in zip(SIDES, sources, strict=True):
        _check(side, source)
    _check_both(*sources)
    stated = Contradiction.objects.create(
        lead=lead, words=words.strip(), against=sorted(against), stated_by=actor
    )
    for seq, source in enumerate(sources, start=1):
        ContradictingSource.objects.create(
            contradiction=stated,
            seq=seq,
            kind=source.kind,
            reference=source.reference.strip(),
            item=source.item.strip(),
            file_key=source.key,
            dated_on=source.dated_on,
            says=source.says.strip(),
            figure=source.figure,
            unit=source.unit,
        )
    return stated


def _check(side: str, source: SourceWords) -> None:
    if source.kind not in SourceKind.values:
        raise Refused(_("Choose a kind of source."), field=f"{side}_kind")
    if not source.key:
        raise Refused(_("Name the file, the entry or the paper."), field=f"{side}_reference")
    if not source.says.strip():
        raise Refused(_("Say what the source says."), field=f"{side}_says")
    if source.dated_on > clock.today():
        raise Refused(_("A source is not of a day to come."), field=f"{side}_dated_on")
    if (source.figure is None) == bool(source.unit):
        raise Refused(_("A figure and its unit go together."), field=f"{side}_unit")


def _check_both(first: SourceWords, second: SourceWords) -> None:
    if first.key == second.key:
        raise Refused(
            _(
                "Rule of two sources: two items of the same file, and two entries or tips of "
                "one source, count once. Name a second, different source."
            ),
            field="second_reference",
        )
    if first.figure is not None and (first.figure, first.unit) == (second.figure, second.unit):
        raise Refused(
            _("Both sources state the same figure: that is no contradiction."),
            field="second_figure",
        )
    if first.figure is None and fold(first.says) == fold(second.says):
        raise Refused(
            _("Both sources say the same: that is no contradiction."), field="second_says"
        )


def as_facts(stated: Contradiction) -> list[dict[str, str]]:
    """The two sources as the journal and the frozen copy keep them."""
    return [
        {
            "kind": one.kind,
            "reference": one.reference,
            "item": one.item,
            "dated_on": one.dated_on.isoformat(),
            "says": one.says,
            "figure": "" if one.figure is None else f"{one.figure:f}",
            "unit": one.unit,
        }
        for one in stated.sources.order_by("seq")
    ]
