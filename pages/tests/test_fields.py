"""A field says what is wrong and offers the repair."""

from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template


class PartyForm(forms.Form):
    bin = forms.CharField(label="BIN", help_text="12 digits", required=False)
    bracket = forms.ChoiceField(label="Power", choices=[("1", "1 MW")], widget=forms.RadioSelect)

    def clean_bin(self) -> str:
        text = str(self.cleaned_data["bin"])
        if len(text) == 11:
            raise ValidationError("A digit is missing.", "short", params={"repair": f"0{text}"})
        return text


def draw(form: forms.Form, source: str) -> str:
    return Template("{% load pages %}" + source).render(Context({"form": form}))


def test_a_repair_is_a_button_and_never_silent() -> None:
    drawn = draw(PartyForm({"bin": "91340012347", "bracket": "1"}), "{% field form.bin %}")
    assert 'value="91340012347"' in drawn
    assert 'data-repair="id_bin" value="091340012347"' in drawn


def test_an_error_is_tied_to_its_input() -> None:
    drawn = draw(PartyForm({"bin": "91340012347", "bracket": "1"}), "{% field form.bin %}")
    assert 'id="id_bin-error"' in drawn
    assert 'aria-describedby="id_bin-error id_bin-hint"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_a_blank_form_shows_no_error() -> None:
    drawn = draw(PartyForm(), "{% form_errors form %}{% field form.bin %}")
    assert "aria-invalid" not in drawn
    assert "alert" not in drawn


def test_the_summary_leads_to_the_wrong_fields() -> None:
    drawn = draw(PartyForm({"bin": "91340012347", "bracket": "1"}), "{% form_errors form %}")
    assert 'href="#id_bin"' in drawn
    assert "#id_bracket" not in drawn


def test_choices_are_whole_rows() -> None:
    drawn = draw(PartyForm(), "{% field form.bracket %}")
    assert '<label class="pick" for="id_bracket_0">' in drawn
    assert "<legend>Power" in drawn
