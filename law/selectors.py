"""What was in force on a day, and what of it can found a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from law.choices import ActStatus, Need, PowerSource
from law.models import (
    Act,
    Body,
    Competence,
    FeeRate,
    MonthlyIndex,
    Norm,
    Position,
    Regime,
    SaleQuota,
    Term,
)
from pages.wording import short_date

# Whether an act exists and when it is in force is a public fact, so that many independent sources
# stand for the lawyer until one has read it; a figure needs the lawyer (ADR 0010).
ENOUGH_SOURCES = 3


@dataclass(frozen=True, slots=True)
class TermInForce:
    """A term as it stands on one day, in working days, with its source."""

    code: str
    name: str
    days: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in force on a day; ``value`` None where the law has one that nobody told.

    Only a verified figure founds anything; another is a hint.
    """

    value: Decimal | None
    source: str
    verified: bool
    row: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something can found a decision about an event of a day, and why not, in words."""

    may: bool
    why: str = ""


def term(code: str, on: date) -> TermInForce:
    """The term of this code in force on the day; LookupError if there is none."""
    row = (
        Term.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), code=code)
        .filter(valid_from__lte=on)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise LookupError(f"no term {code!r} in force on {on}")
    return TermInForce(row.code, row.name, row.working_days, row.source, row.verified)


def regimes(on: date) -> list[Regime]:
    """What an operator needed on the day; two while an older regime was running out."""
    return list(Regime.objects.on(on).select_related("act"))


def missing_paper(on: date, papers: Iterable[str]) -> str:
    """Which paper an operator without any lacked on the day: notification, licence or "".

    ``papers``: kinds of its registrations in force (``notification``, ``licence_1``,
    ``licence_2``). While two regimes overlapped, either paper was enough.
    """
    needs = {regime.need for regime in regimes(on)} - {Need.NOTHING}
    held = {paper.partition("_")[0] for paper in papers}
    if not needs or needs & held:
        return ""
    return Need.NOTIFICATION if needs == {Need.NOTIFICATION} else Need.LICENCE


def fee_rate(on: date, condition: str, price: Decimal | None = None) -> Figure | None:
    """The fee in KZT a kWh for power from such a source at such a price (KZT a kWh) on a day.

    Of several rates the highest counts (domain: Law 135-VII, conflict rule). None when no row
    covers the day; a row without a rate says that the rate exists and is not known.
    """
    rows = FeeRate.objects.on(on).filter(condition__in=[condition, PowerSource.ANY])
    if condition == PowerSource.NO_METER and not rows.exists():
        return None
    fitting = [row for row in rows if _in_bracket(row, price)]
    if not fitting:
        return None
    unknown = [row for row in fitting if row.rate is None]
    row = unknown[0] if unknown else max(fitting, key=lambda one: one.rate or Decimal(0))
    return Figure(row.rate, row.source, row.verified, row)


def _in_bracket(row: FeeRate, price: Decimal | None) -> bool:
    if row.price_from is None and row.price_to is None:
        return True
    if price is None:
        return False
    return (row.price_from is None or price >= row.price_from) and (
        row.price_to is None or price < row.price_to
    )


def sale_quota(on: date) -> Figure | None:
    """The share in percent that must be sold on licensed exchanges on a day."""
    row = SaleQuota.objects.on(on).order_by("-valid_from").first()
    return Figure(row.percent, row.source, row.verified, row) if row else None


def sale_quotas(days: Iterable[date]) -> dict[date, Figure]:
    """The same for many days, in one query; days without a quota are left out."""
    rows = list(SaleQuota.objects.order_by("valid_from"))
    found: dict[date, Figure] = {}
    for day in set(days):
        for row in rows:
            if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
                found[day] = Figure(row.percent, row.source, row.verified, row)
    return found


def monthly_index(on: date) -> Figure | None:
    """The MCI in KZT on a day."""
    row = MonthlyIndex.objects.on(on).order_by("-valid_from").first()
    return Figure(row.kzt, row.source, row.verified, row) if row else None


def was_competent(body_id: int, matter: str, on: date) -> bool:
    """Whether a body could settle the matter by its own act on the day."""
    return Competence.objects.on(on).filter(body_id=body_id, matter=matter).exists()


def competent_bodies(matter: str, on: date) -> list[Body]:
    """The bodies that could settle the matter by their own act on the day."""
    able = Competence.objects.on(on).filter(matter=matter)
    return list(Body.objects.filter(pk__in=able.values("body")).order_by("code"))


def may_found(cited: Act | Norm | Position, on: date) -> Verdict:
    """Whether it can found a decision about an event of that day.

    Adopted, in force on the day, of a body that was competent for the matter when it acted, and
    vouched for; a statement never.
    """
    if isinstance(cited, Position):
        return Verdict(may=False, why=_statement(cited))
    act = cited.act if isinstance(cited, Norm) else cited
    since, until = _days(cited, act)
    if act.status == ActStatus.DRAFT or since is None:
        return Verdict(
            may=False, why=_("A draft is not law: it was never adopted as far as is known.")
        )
    if not (since <= on and (until is None or on <= until)):
        span = f"{short_date(since)} – {short_date(until) if until else ''}"
        told = _("It was not in force on %(day)s, the day of the event, but %(span)s.")
        return Verdict(may=False, why=told % {"day": short_date(on), "span": span})
    if not was_competent(act.body_id, act.matter, act.dated or since):
        told = _("%(body)s was not competent for this matter: %(matter)s.")
        return Verdict(may=False, why=told % {"body": act.body, "matter": act.get_matter_display()})
    if not (cited.verified or cited.confirmed_by >= ENOUGH_SOURCES):
        return Verdict(may=False, why=_("No lawyer has verified this row yet; it is only a hint."))
    return Verdict(may=True)


def _days(cited: Act | Norm, act: Act) -> tuple[date | None, date | None]:
    """The days of a norm are its own where it has some, else its act's."""
    since = cited.in_force_from or act.in_force_from
    ends = [day for day in (cited.in_force_to, act.in_force_to) if day]
    return since, min(ends, default=None)


def _statement(position: Position) -> str:
    competent = was_competent(position.body_id, position.matter, position.said_on)
    told = _("It is a statement (%(form)s), not an act; a statement founds nothing.")
    words = str(told % {"form": position.get_instrument_display()})
    if not competent:
        more = _("%(body)s was not competent for this matter: %(matter)s.")
        matter = position.get_matter_display()
        words = f"{words} {more % {'body': position.body, 'matter': matter}}"
    return words


def in_force(on: date) -> list[Act]:
    """Acts in force on a day, the newest first."""
    return list(Act.objects.in_force(on).select_related("body"))
