"""Forms of a decision on the mark, and the move that each of them makes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from law.forms import GroundField
from pages.doors import Door, MoveForm
from registry.actions import protection as actions
from registry.choices import Attendance
from registry.forms.asking import DayInput


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **more)


def _words(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    more.setdefault("max_length", 4000)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class LiftingForm(MoveForm):
    """``subject`` is the operator."""

    ground = GroundField(label=_("Rule"))
    event_on = _day(_("Day of the event"), help_text=_("The rule must have been in force then."))
    reason = _words(
        _("Why the mark is to be lifted"),
        help_text=_("A finding of a cross-check alone is no reason."),
    )

    def prepare(self) -> None:
        field = self.fields["ground"]
        if isinstance(field, GroundField):
            field.offer(self.user)

    def grounds(self) -> actions.Grounds:
        """What the form was filled in with."""
        given = self.cleaned_data
        return actions.Grounds(given["ground"], given["event_on"], given["reason"])


class NoticeForm(MoveForm):
    invited = forms.CharField(
        label=_("Who was invited"), max_length=300, help_text=_("The party and who acts for it.")
    )
    notice_sent_on = _day(_("Notice sent on"))
    notice_reference = forms.CharField(
        label=_("Number of the notice"), max_length=200, required=False
    )
    hearing_on = _day(
        _("Day of the hearing"), help_text=_("Another day needs another notice in due time.")
    )


class HearingForm(MoveForm):
    attendance = forms.ChoiceField(
        label=_("Who came"), choices=Attendance.choices, widget=forms.RadioSelect
    )
    minutes = _words(_("Minutes"), rows=8, max_length=8000, required=False)
    minutes_reference = forms.CharField(
        label=_("File with the minutes"), max_length=300, required=False,
        help_text=_("Its number in the case's evidence or in the document system."),
    )  # fmt: skip


class TermForm(MoveForm):
    valid_from = _day(_("Lifted from"))
    valid_until = _day(_("Lifted until"), required=False)


class ReasonForm(MoveForm):
    reason = _words(_("Reason"), help_text=_("Others will read it in the history."))


def _act(act: Callable[..., object]) -> Callable[[Any, Any, dict[str, Any]], object]:
    return lambda decision, user, given: act(decision=decision, actor=user, **given)


PROTECTION_DOORS: dict[str, Door] = {
    "invite": Door(NoticeForm, _act(actions.invite_party)),
    "hear": Door(HearingForm, _act(actions.record_hearing)),
    "propose": Door(TermForm, _act(actions.propose_lifting)),
    "sign": Door(MoveForm, _act(actions.sign_lifting)),
    "decide": Door(ReasonForm, _act(actions.lift_mark)),
    "refuse": Door(ReasonForm, _act(actions.leave_mark)),
    "withdraw": Door(ReasonForm, _act(actions.withdraw_lifting)),
    "propose_return": Door(ReasonForm, _act(actions.propose_restoring)),
    "sign_return": Door(MoveForm, _act(actions.sign_restoring)),
    "reverse": Door(ReasonForm, _act(actions.restore_mark)),
    "keep_lifted": Door(ReasonForm, _act(actions.leave_lifted)),
}
