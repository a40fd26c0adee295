"""The moves that people make on a proposal, and the draft's own form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import words_field
from cases.forms.moves import ReasonedForm
from council import actions
from council.choices import Choice, ProposalKind
from pages.doors import Door, MoveForm


class DraftForm(forms.Form):
    """A proposal in its author's words."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What it is about"), choices=ProposalKind.choices, widget=forms.RadioSelect
    )
    problem = words_field(
        _("What is wrong today"), rows=3, help_text=_("What is not found, or found in vain.")
    )
    text = words_field(
        _("What is proposed"), rows=8,
        help_text=_("Which sources are compared, what counts as a sign, who does what."),
    )  # fmt: skip
    measure = words_field(
        _("How its success shows"), rows=3, required=False,
        help_text=_("For example: confirmed of checked in three months."),
    )  # fmt: skip


class RemarkForm(MoveForm):
    text = words_field(_("My remark"), help_text=_("The three bodies read it; it stays."))


class VoteForm(MoveForm):
    choice = forms.ChoiceField(
        label=_("Vote of my body"), choices=Choice.choices, widget=forms.RadioSelect
    )
    remark = words_field(
        _("My remark"), required=False, help_text=_("A vote against says why. The others read it.")
    )


def _door(form: type[MoveForm], act: Any, **more: Any) -> Door:
    return Door(form, lambda one, user, given: act(proposal=one, actor=user, **given, **more))


DOORS: dict[str, Door] = {
    "submit": _door(MoveForm, actions.submit),
    "remark": _door(RemarkForm, actions.add_remark),
    "open_vote": _door(MoveForm, actions.open_vote),
    "vote": _door(VoteForm, actions.cast_vote),
    "adopt": _door(MoveForm, actions.declare, verb="adopt"),
    "reject": _door(MoveForm, actions.declare, verb="reject"),
    "lapse": _door(MoveForm, actions.declare, verb="lapse"),
    "withdraw": _door(ReasonedForm, actions.withdraw),
}
