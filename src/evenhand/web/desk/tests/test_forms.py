"""Units and people as a clerk writes them."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from evenhand.kernel.organisation.models import Unit
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.web.desk import forms
from evenhand.web.desk.forms import PeopleField, UnitField, listed_units, written


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("how", ["code", "name", "name_en"])
def test_a_unit_is_found_by_any_of_its_names(cast: Cast, how: str) -> None:
    assert UnitField().clean(getattr(cast.water, how)) == cast.water


def test_a_unit_is_found_as_it_stands_in_the_list(cast: Cast) -> None:
    assert written(cast.water) in listed_units()
    assert UnitField().clean(written(cast.water)) == cast.water


def test_a_part_that_one_unit_has_is_enough(cast: Cast) -> None:
    assert UnitField().clean("wate") == cast.water


def test_of_several_units_the_names_are_told(cast: Cast) -> None:
    Unit.objects.create(
        code="water2", name="水务所", name_en="Water Works", category="office", level=4
    )
    with pytest.raises(ValidationError, match=r"Several units may be meant: .*Water"):
        UnitField().clean("wat")


def test_a_closed_unit_is_not_found(cast: Cast) -> None:
    Unit.objects.filter(id=cast.water.id).update(closed_on="2026-01-01")
    with pytest.raises(ValidationError, match="No unit is called that"):
        UnitField().clean(cast.water.name)


def test_too_many_units_are_not_sent_with_a_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_LISTED", 3)
    assert listed_units() == []


def test_people_are_found_by_name_or_staff_number(cast: Cast) -> None:
    typed = f"{cast.wen.name}\n\n{cast.qiao.staff_number}\n{cast.wen.name}"
    assert PeopleField(required=False).clean(typed) == [cast.wen, cast.qiao]


def test_a_name_that_nobody_has_is_told(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="“Nobody” is nobody's name on the staff"):
        PeopleField().clean("Nobody")


def test_of_two_people_of_one_name_the_staff_number_is_asked(cast: Cast) -> None:
    cast.qiao.name = cast.wen.name
    cast.qiao.save()
    with pytest.raises(ValidationError, match="write the staff number"):
        PeopleField().clean(cast.wen.name)
