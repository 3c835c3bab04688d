"""How the fields of any Django form come out: label, hint and error tied to the control."""

import re

from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from evenhand.web.forms import DatePartsField, FilesField, HintedRadios, LongTextField


class EveryForm(forms.Form):
    title = forms.CharField(
        label="Title",
        help_text="A <few> words.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    body = LongTextField(label="What happened?", max_length=1000)
    kind = forms.ChoiceField(
        label="Kind",
        choices=[("a", "Suggestion"), ("b", "Claim")],
        widget=HintedRadios(hints={"b": "Something must be decided."}),
    )
    ways = forms.MultipleChoiceField(
        choices=[("m", "Mail")], widget=forms.CheckboxSelectMultiple, label="Ways"
    )
    area = forms.ChoiceField(choices=[("", "–"), ("r", "Riverside")], label="Where?")
    when = DatePartsField(label="When?", help_text="For example 27 3 2026.")
    papers = FilesField(label="Papers", required=False)
    agreed = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.HiddenInput)


def field(name: str, *, sent: bool = False) -> str:
    form = EveryForm({} if sent else None)
    return " ".join(form[name].as_field_group().split())


def test_a_label_names_its_input() -> None:
    assert '<label class="govuk-label govuk-label--s" for="id_title">Title</label>' in field(
        "title"
    )


def test_a_hint_is_escaped_and_describes_the_input() -> None:
    html = field("title")
    assert '<div class="govuk-hint" id="id_title_helptext">A &lt;few&gt; words.</div>' in html
    assert 'aria-describedby="id_title_helptext"' in html


def test_an_error_describes_the_input_after_the_hint() -> None:
    html = field("title", sent=True)
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert re.search(r'<p class="govuk-error-message" id="id_title_error">.*This field is', html)


def test_an_error_marks_the_group_and_the_control() -> None:
    html = field("title", sent=True)
    assert "govuk-form-group--error" in html
    assert 'class="govuk-input--width-20 govuk-input govuk-input--error"' in html


def test_what_the_author_asked_for_is_passed_on() -> None:
    assert 'autocomplete="off"' in field("title")


def test_the_browser_does_not_judge_in_its_own_language() -> None:
    assert "required" not in field("title")


def test_a_long_text_tells_its_limit_and_never_cuts_what_is_pasted() -> None:
    html = field("body")
    assert "You can write up to 1000 characters." in html.replace(",", "")
    assert 'data-maxlength="1000"' in html
    assert " maxlength" not in html
    assert 'aria-describedby="id_body-info"' in html


def test_several_choices_are_a_group_with_a_legend() -> None:
    html = field("kind", sent=True)
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_kind_error">' in html
    assert re.search(r"<legend [^>]*>Kind</legend>", html)
    assert html.count('class="govuk-radios__input"') == 2


def test_a_choice_may_carry_an_explanation() -> None:
    html = field("kind")
    assert 'aria-describedby="id_kind_1_hint"' in html
    assert 'id="id_kind_1_hint">Something must be decided.</div>' in html


def test_boxes_to_tick_have_their_labels_after_them() -> None:
    assert 'class="govuk-checkboxes__input"' in field("ways")
    assert field("agreed").index("<input") < field("agreed").index("I agree")


def test_the_parts_of_a_date_stand_in_the_order_of_the_language() -> None:
    parts = re.compile(r'name="when_(\w+)"')
    assert parts.findall(field("when")) == ["day", "month", "year"]
    with translation.override("zh-hans"):
        assert parts.findall(field("when")) == ["year", "month", "day"]


def test_any_number_of_files_can_be_chosen() -> None:
    assert re.search(
        r'<input type="file" name="papers" multiple class="govuk-file-upload"', field("papers")
    )


def test_what_need_not_be_answered_says_so() -> None:
    assert "(optional)" in field("papers")
    assert "(optional)" not in field("title")


def test_a_hidden_field_is_only_its_input() -> None:
    assert field("secret") == '<input type="hidden" name="secret" id="id_secret">'


def test_the_summary_leads_to_the_first_control_of_each_faulty_field() -> None:
    form = EveryForm({})
    html = render_to_string("components/error_summary.html", {"form": form})
    ids = set(re.findall(r' id="([^"]+)"', str(form)))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 7
    assert set(targets) <= ids
    assert {"id_kind_0", "id_ways_0", "id_when_day"} <= set(targets)


def test_what_is_wrong_with_a_hidden_field_or_the_whole_is_told_too() -> None:
    form = EveryForm({})
    form.add_error(None, "Somebody else was faster.")
    html = render_to_string("components/error_summary.html", {"form": form})
    assert "<li>Somebody else was faster.</li>" in html
    assert "<li>This field is required.</li>" in html


def test_no_summary_where_nothing_is_wrong() -> None:
    assert render_to_string("components/error_summary.html", {"form": EveryForm()}).strip() == ""
