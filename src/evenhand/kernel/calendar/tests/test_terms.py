import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..terms import LONGEST, Term, Unit

TERMS = st.builds(Term, st.integers(1, LONGEST), st.sampled_from(Unit))


@given(TERMS)
def test_a_term_is_read_as_it_is_written(term: Term) -> None:
    assert Term.parse(str(term)) == term


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_can_be_written(unit: Unit) -> None:
    assert Term.parse(f"15 {unit.value}") == Term(15, unit)
    assert str(Term(15, unit)) == f"15 {unit.value}"


@pytest.mark.parametrize("text", ["15wd", " 15 wd ", "015 wd"])
def test_white_space_and_leading_noughts_do_not_matter(text: str) -> None:
    assert Term.parse(text) == Term(15, Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    "text", ["", "wd", "15", "15 days", "-1 wd", "0 cd", "1.5 h", "10000 mo", "十五 wd", "١٥ wd"]
)
def test_a_refusal_says_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a term") as refusal:
        Term.parse(text)
    assert repr(text) in str(refusal.value)
    assert all(unit.value in str(refusal.value) for unit in Unit)


def test_the_refusal_in_full() -> None:
    with pytest.raises(ValueError, match="3 weeks") as refusal:
        Term.parse("3 weeks")
    assert str(refusal.value) == (
        "'3 weeks' is not a term: write a whole number from 1 to 9999 and a unit, as in "
        '"15 wd"; the units are cd (calendar days), wd (working days), mo (months), h (hours)'
    )


def test_a_term_has_a_length() -> None:
    with pytest.raises(ValueError, match="'0 h' is not a term"):
        Term(0, Unit.HOURS)
