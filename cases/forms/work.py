"""What is written on a case from day to day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from cases.choices import Answer, Audience
from cases.forms.fields import body_field, day_field, words_field
from pages.doors import MoveForm


class CommentForm(MoveForm):
    text = words_field(_("Note on the case"), rows=2)
    audience = forms.ChoiceField(label=_("Seen by"), choices=Audience.choices, initial=Audience.OWN)
    happened_on = day_field(_("Happened outside, on"), required=False)

    def prepare(self) -> None:
        own = self.user.agency.name if self.user.agency else ""
        field = self.fields["audience"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (Audience.OWN.value, _("only %(body)s") % {"body": own}),
                (Audience.PARTICIPANTS.value, _("all participants of the case")),
            ]


class EditForm(MoveForm):
    text = words_field(_("Note on the case"), rows=4)

    def prepare(self) -> None:
        self.fields["text"].initial = self.subject.text


class TaskForm(MoveForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    agency = body_field(_("By which body"))
    due_on = day_field(_("Until"), required=False)
    mandatory = forms.BooleanField(label=_("No decision before it is done"), required=False)

    def prepare(self) -> None:
        taking_part = [participation.agency_id for participation in self.subject.current]
        field = self.fields["agency"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Agency.objects.filter(pk__in=taking_part)


class ResultForm(MoveForm):
    result = words_field(_("What came of it"))


class OpinionForm(MoveForm):
    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    text = words_field(_("Grounds"), rows=5)


class EvidenceForm(MoveForm):
    upload = forms.FileField(label=_("File"), allow_empty_file=True)
    title = forms.CharField(label=_("What it is"), max_length=300, required=False)
    source = forms.CharField(label=_("Whom it comes from"), max_length=200, required=False)
    indicator = forms.BooleanField(
        label=_("It is an independent indicator of the suspicion"), required=False
    )


class InformForm(MoveForm):
    agency = body_field()
    reason = words_field(_("Why it needs to see the case"), rows=2)


class EndForm(MoveForm):
    reason = words_field(_("Why the access ends"), rows=2)
