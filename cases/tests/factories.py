"""Leads, tips and cases for tests, in any state."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory

from accounts.choices import Role
from accounts.tests.factories import AgencyFactory, UserFactory
from cases.actions import SourceWords, receipt_hash
from cases.actions.contradicting import state_contradiction
from cases.choices import (
    CaseState,
    FigureUnit,
    LeadSource,
    LeadState,
    Outcome,
    ParticipationRole,
    SourceKind,
)
from cases.models import (
    Case,
    Citation,
    Contradiction,
    Lead,
    OpinionRequest,
    Participation,
    Task,
    Tip,
    TipReporter,
)
from common import clock
from law.models import Act
from registry.tests.factories import invented_bin


def officer_of(code: str) -> Any:
    """A new officer of one of the three bodies."""
    return UserFactory(role=Role.OFFICER, agency=AgencyFactory(**{code: True}))


DECLARED = SourceWords(
    kind=SourceKind.REGISTRY, reference="T-00001", dated_on=date(2026, 10, 1),
    says="declared power", figure=Decimal(12_000), unit=FigureUnit.KW,
)  # fmt: skip
METERED = SourceWords(
    kind=SourceKind.READINGS, reference="demo-2026-10.csv", item="row 17",
    dated_on=date(2026, 11, 1), says="peak of the month", figure=Decimal(19_500),
    unit=FigureUnit.KW,
)  # fmt: skip
TWO_SOURCES = (DECLARED, METERED)
"""The registry says 12 MW, a meter file 19.5 MW."""


def stated(lead: Lead, against: Any, actor: Any) -> Contradiction:
    """A contradiction between these two sources, stated against operators by their numbers."""
    return state_contradiction(
        lead=lead, words="half as much again", sources=TWO_SOURCES, against=against, actor=actor
    )


class LeadFactory(factory.django.DjangoModelFactory):
    """A finding, new. ``tip=True`` adds its tip; ``state=…`` brings what that state demands."""

    class Meta:
        model = Lead

    class Params:
        tip = factory.Trait(
            source=LeadSource.TIP,
            facts={"anonymous": False},
            filed=factory.RelatedFactory(
                "cases.tests.factories.TipFactory", factory_related_name="lead"
            ),
        )
        anonymous_tip = factory.Trait(
            source=LeadSource.TIP,
            facts={"anonymous": True},
            filed=factory.RelatedFactory(
                "cases.tests.factories.TipFactory", factory_related_name="lead", anonymous=True
            ),
        )
        filed = None

    number = factory.Sequence(lambda n: f"L-2026-{n + 1:04d}")
    key = factory.Sequence(lambda n: f"undeclared-mining-load:{n}")
    source = LeadSource.FINDING
    state = LeadState.NEW
    title = factory.LazyAttribute(
        lambda lead: {
            "kk": f"{lead.meter} есептеуішін ешкім мәлімдемеген",
            "ru": f"Счётчик {lead.meter} никем не заявлен",
            "en": f"Meter {lead.meter} is declared by nobody",
        }
    )
    reasons = factory.LazyFunction(
        lambda: [
            {
                "text": {"kk": "тәулік бойы тең", "ru": "ровно 24/7", "en": "flat day and night"},
                "weight": 0.41,
                "source": {"kk": "Көрсеткіштер", "ru": "Показания", "en": "Readings"},
                "origin": "readings:demo-res-north",
            }
        ]
    )
    meter = factory.Sequence(lambda n: f"35-0418-{n:04d}")
    kato = "630000000"
    region = factory.LazyAttribute(lambda lead: lead.kato[:2])
    place = "Tobylgy substation"
    est_kw_low, est_kw_high, confidence = 2600.0, 3100.0, 0.86
    search = factory.LazyAttribute(lambda lead: f"{lead.number} {lead.meter}".lower())
    raised_at = factory.LazyFunction(clock.now)
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=3))

    @classmethod
    def _create(cls, model_class: type[Lead], *args: Any, **fields: Any) -> Lead:
        state = fields["state"]
        if state in (LeadState.PROMOTED, LeadState.ATTACHED) and "case" not in fields:
            fields["case"] = CaseFactory()
        if state == LeadState.DEFERRED:
            fields.setdefault("deferred_until", clock.today() + timedelta(days=5))
        if state == LeadState.DISMISSED:
            fields.setdefault("reason", "a cold store")
            fields.setdefault("decided_by", officer_of("energy"))
        if state == LeadState.AWAITING_SECOND:
            fields.setdefault("contradiction", "ten times the declared power")
            fields.setdefault("proposed_by", officer_of("energy"))
        lead: Lead = super()._create(model_class, *args, **fields)
        if state == LeadState.AWAITING_SECOND and lead.stated is None:
            lead.stated = stated(lead, [invented_bin(7)], lead.proposed_by)
            lead.save(update_fields=["stated"])
        return lead


class TipFactory(factory.django.DjangoModelFactory):
    """A tip with its sealed reporter; an anonymous one has none."""

    class Meta:
        model = Tip
        skip_postgeneration_save = True

    class Params:
        receipt = factory.Sequence(lambda n: f"KQ7M4T9X2HRD{n:04d}")

    number = factory.Sequence(lambda n: f"T-2026-{n + 1:04d}")
    receipt_hash = factory.LazyAttribute(lambda tip: receipt_hash(tip.receipt))
    what = "Three containers behind the old warehouse, the fans never stop"
    place = "Aksu-2, near the substation"
    region = "55"
    language = "kk"
    filed_at = factory.LazyFunction(clock.now)
    lead = factory.SubFactory(LeadFactory, source=LeadSource.TIP, facts={"anonymous": False})

    @factory.post_generation
    def reporter(self: Tip, create: bool, extracted: Any, **_more: Any) -> None:
        if create and not self.anonymous:
            person = extracted or UserFactory(role=Role.MEMBER)
            TipReporter.objects.create(tip=self, user=person)


class CaseFactory(factory.django.DjangoModelFactory):
    """A case of the Ministry with its lead participation; ``state=closed`` has an outcome."""

    class Meta:
        model = Case
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"OG-2026-{n + 1:04d}")
    title = "Site at the Tobylgy substation"
    state = CaseState.OPEN
    owner = factory.LazyFunction(lambda: officer_of("energy"))
    lead_agency = factory.SelfAttribute("owner.agency")
    kato, region = "630000000", "63"
    est_kw_low, est_kw_high = 12_900.0, 15_000.0
    search = factory.LazyAttribute(lambda case: case.number.lower())
    opened_at = factory.LazyFunction(clock.now)
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=15))
    outcome = factory.LazyAttribute(
        lambda case: Outcome.NOT_CONFIRMED if case.state == CaseState.CLOSED else ""
    )
    closed_at = factory.LazyAttribute(
        lambda case: case.opened_at if case.state == CaseState.CLOSED else None
    )
    handover_until = factory.LazyAttribute(
        lambda case: clock.today() + timedelta(days=3) if case.handover_to else None
    )
    handover_to = None

    @factory.post_generation
    def participants(self: Case, create: bool, extracted: Any, **_more: Any) -> None:
        """The lead body's row, and informed rows for the agencies given."""
        if not create:
            return
        lead = self.lead_agency, ParticipationRole.LEAD
        informed = [(agency, ParticipationRole.INFORMED) for agency in extracted or ()]
        if self.handover_to and self.handover_to not in (extracted or ()):
            informed.append((self.handover_to, ParticipationRole.INFORMED))
        for agency, role in [lead, *informed]:
            Participation.objects.create(
                case=self, agency=agency, role=role, since=self.opened_at, granted_by=self.owner
            )


class OpinionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OpinionRequest

    case = factory.SubFactory(CaseFactory, state=CaseState.OPINIONS)
    agency = factory.LazyFunction(lambda: AgencyFactory(atameken=True))
    question = "Is the operator a member of yours?"
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=10))
    asked_by = factory.SelfAttribute("case.owner")

    @classmethod
    def _create(cls, model_class: type[OpinionRequest], *args: Any, **fields: Any) -> Any:
        Participation.objects.get_or_create(
            case=fields["case"],
            agency=fields["agency"],
            until=None,
            defaults={"role": ParticipationRole.ASKED, "since": fields["case"].opened_at},
        )
        return super()._create(model_class, *args, **fields)


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    case = factory.SubFactory(CaseFactory)
    title = "Ask the grid company for the feeder's scheme"
    agency = factory.SelfAttribute("case.lead_agency")
    created_by = factory.SelfAttribute("case.owner")
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=2))


class CitationFactory(factory.django.DjangoModelFactory):
    """The law on digital assets, cited for a day on which it was in force."""

    class Meta:
        model = Citation

    case = factory.SubFactory(CaseFactory)
    act = factory.LazyFunction(lambda: Act.objects.get(code="law-193-vii"))
    event_on = date(2026, 9, 1)
    why = "mining without a licence"
    cited_by = factory.LazyFunction(lambda: officer_of("energy"))
