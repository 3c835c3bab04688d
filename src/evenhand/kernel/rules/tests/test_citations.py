import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.kernel.rules.citations import Citation, NotACitation, Place

NUMBERS = st.integers(min_value=1, max_value=9999)
PLACES = st.builds(
    Place,
    article=NUMBERS,
    suffix=st.just(0) | NUMBERS,
    paragraph=st.none() | NUMBERS,
    item=st.none() | NUMBERS,
)


@given(PLACES)
def test_a_citation_reads_back_from_either_language(place: Place) -> None:
    citation = Citation("X22", place)
    assert Citation.parse(str(citation)) == citation
    assert Citation.parse(citation.render(name="X22", language="zh-hans")) == citation
    assert Place.parse(place.chinese()) == Place.parse(str(place)) == place


@pytest.mark.parametrize(
    "text",
    [
        "X22 art. 31(6)",
        "X22 article 31 (6)",
        "X22 §31(6)",
        "X22, art. 31（6）",
        "X22 第三十一条第六项",
        "X22第三十一条第（六）项",
        "《X22》第31条第(六)项",
    ],
)
def test_many_ways_of_writing_one_citation(text: str) -> None:
    assert Citation.parse(text) == Citation("X22", Place(31, item=6))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("31", Place(31)),
        ("31(6)", Place(31, item=6)),
        ("120-1", Place(120, suffix=1)),
        ("第一百二十条之一第二款", Place(120, 1, 2)),
        ("第七十八条第二款第（三）项", Place(78, paragraph=2, item=3)),
        ("art. 78 para. 2(3)", Place(78, paragraph=2, item=3)),
    ],
)
def test_a_place_may_stand_alone(text: str, place: Place) -> None:
    assert Place.parse(text) == place


def test_it_is_cited_in_full_in_both_languages() -> None:
    citation = Citation.parse("X22 art. 31(6)")
    english = citation.render(name="Regulation on Letters and Visits Work", language="en")
    assert english == "Regulation on Letters and Visits Work, art. 31(6)"
    chinese = citation.render(name="信访工作条例", language="zh-hans")
    assert chinese == "《信访工作条例》第三十一条第（六）项"


@pytest.mark.parametrize("text", ["", "X22", "art. 31", "X22 art. six", "X22 art. 0", "X22 31-"])
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(NotACitation):
        Citation.parse(text)


def test_a_place_is_within_what_numerals_can_write() -> None:
    with pytest.raises(NotACitation, match="10000"):
        Place(31, item=10_000)


@pytest.mark.parametrize("text", ["", "six", "第条", "31(", "0", "99999", "第十百条"])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(NotACitation):
        Place.parse(text)
