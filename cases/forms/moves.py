"""The moves that people make: what each asks for and the one action that it calls."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import actions
from cases.choices import ADVERSE, HARMLESS
from cases.forms.contradicting import SIDES, known_of, side_fields, sides_of, sources_of
from cases.forms.fields import body_field, day_field, words_field
from cases.models import Case, Lead
from cases.selectors.registry_box import registry_box
from pages.doors import Door, Given, MoveForm


class ReasonedForm(MoveForm):
    reason = words_field(_("Reason"), help_text=_("Others will read it in the history."))


class OptionalReasonForm(MoveForm):
    reason = words_field(_("Reason"), required=False)


class DeferForm(ReasonedForm):
    until = day_field(_("Until"), help_text=_("On this day it returns to the queue."))
    field_order = ["until", "reason"]


class PromoteForm(MoveForm):
    title = forms.CharField(label=_("Title of the case"), max_length=200)
    contradiction = words_field(
        _("What contradicts the registry"),
        help_text=_(
            "The registry knows a registered, active operator here: no restriction applies. "
            "Another official will have to confirm."
        ),
    )

    def prepare(self) -> None:
        self.fields["title"].initial = self.subject.words[:200]
        box = registry_box(self.subject)
        if not box.protected:
            del self.fields["contradiction"]
            return
        for side in SIDES:
            self.fields.update(side_fields(side))
        self.initial.update(known_of(self.subject, box))

    @property
    def sides(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The two sources, to be shown beside each other."""
        return sides_of(self) if "contradiction" in self.fields else []

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields that belong to neither source."""
        return [self["title"], *([self["contradiction"]] if "contradiction" in self.fields else [])]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "contradiction" in self.fields and not self.errors:
            given["sources"] = sources_of(given)
        return given


class TitleForm(MoveForm):
    title = forms.CharField(label=_("Title of the case"), max_length=200)

    def prepare(self) -> None:
        self.fields["title"].initial = self.subject.words[:200]


class AttachForm(MoveForm):
    case = forms.ModelChoiceField(Case.objects.none(), label=_("Case"), to_field_name="number")
    reason = words_field(_("Reason"), required=False)

    def prepare(self) -> None:
        mine = Case.objects.visible_to(self.user).under_way()
        field = self.fields["case"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = mine.filter(lead_agency=self.user.agency)


class AskForm(MoveForm):
    agency = body_field()
    question = words_field(_("What should the body answer?"))
    due_on = day_field(
        _("Until"), required=False, help_text=_("Empty: the usual term, ten working days.")
    )


class DecideForm(MoveForm):
    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    reason = words_field(_("Reason"), rows=5)
    addressee = forms.CharField(
        label=_("Recommended to"),
        max_length=300,
        required=False,
        help_text=_("The competent body. The group itself neither inspects nor disconnects."),
    )
    outcomes = ADVERSE

    def prepare(self) -> None:
        field = self.fields["outcome"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.value, one.label) for one in self.outcomes]


class CloseForm(DecideForm):
    outcomes = HARMLESS
    addressee = None  # type: ignore[assignment]  # Django's way to leave out an inherited field


class OwnerForm(MoveForm):
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"))
    reason = words_field(_("Reason"), required=False)

    def prepare(self) -> None:
        colleagues = User.objects.active().filter(agency=self.subject.lead_agency)
        field = self.fields["owner"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = colleagues.with_role("officer", "head")


class HandOverForm(ReasonedForm):
    to = body_field(_("To which body"))
    field_order = ["to", "reason"]


def _lead(act: Callable[..., object]) -> Callable[[Lead, User, Given], object]:
    return lambda lead, user, given: act(lead=lead, actor=user, **given)


def _case(act: Callable[..., object]) -> Callable[[Case, User, Given], object]:
    return lambda case, user, given: act(case=case, actor=user, **given)


LEAD_DOORS: dict[str, Door] = {
    "take": Door(MoveForm, _lead(actions.take_lead)),
    "defer": Door(DeferForm, _lead(actions.defer_lead)),
    "dismiss": Door(ReasonedForm, _lead(actions.dismiss_lead)),
    "promote": Door(PromoteForm, _lead(actions.promote_lead)),
    "propose": Door(PromoteForm, _lead(actions.promote_lead)),
    "confirm": Door(TitleForm, _lead(actions.confirm_lead)),
    "decline": Door(ReasonedForm, _lead(actions.decline_lead)),
    "attach": Door(AttachForm, _lead(actions.attach_lead)),
    "reopen": Door(ReasonedForm, _lead(actions.reopen_lead)),
}

CASE_DOORS: dict[str, Door] = {
    "collect": Door(OptionalReasonForm, _case(actions.collect_evidence)),
    "ask_opinion": Door(AskForm, _case(actions.ask_opinion)),
    "prepare": Door(OptionalReasonForm, _case(actions.prepare_decision)),
    "decide": Door(DecideForm, _case(actions.decide)),
    "close": Door(CloseForm, _case(actions.decide)),
    "reopen": Door(ReasonedForm, _case(actions.reopen_case)),
    "assign": Door(OwnerForm, _case(actions.assign)),
    "hand_over": Door(HandOverForm, _case(actions.hand_over)),
    "accept": Door(MoveForm, _case(actions.accept)),
    "decline": Door(ReasonedForm, _case(actions.decline)),
    "withdraw": Door(ReasonedForm, _case(actions.withdraw)),
}
