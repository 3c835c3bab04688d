"""A receipt shows how the matter stands, and nothing else shows anything."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.base.clock import played
from evenhand.kernel.cases.correspondence import write

from .conftest import Walk
from .sending import FOLLOW, send

WRONG = {
    "another reference": {"reference": "NZ-2026-AAAA-AAAA"},
    "no reference": {"reference": "?"},
    "other words": {"receipt": "abandon " * 7 + "abandon"},
    "too few words": {"receipt": "abandon"},
    "no words": {"receipt": "%&/"},
}


def test_it_shows_stage_dates_and_the_next_promise(walk: Walk) -> None:
    told = _follow(walk.handling())
    assert told["stage"] == {"code": "handling", "label": "Being handled"}
    assert told["received_at"].startswith("2026-03-02T09:14")
    assert told["responsible"] == {"name": "L. Wen", "unit": "Water Bureau"}
    assert told["next_promise"]["says"].startswith("Next promise: a written answer by")
    assert told["happened"][0]["says"] == "Received"


def test_it_shows_the_answer_once_it_is_issued(walk: Walk) -> None:
    assert [reply["kind"]["code"] for reply in _follow(walk.approving())["replies"]] == [
        "acceptance"
    ]
    answer = _follow(walk.step("approve", walk.cast.water_head))["replies"][-1]
    assert (answer["kind"]["code"], answer["served_on"]) == ("opinion", None)
    assert answer["result"] == {"code": "supported", "label": "supported"}
    assert set(answer["parts"]) == {"claim", "facts", "reasons", "legal_basis", "remedies"}


def test_a_served_answer_tells_until_when_a_review_may_be_asked_for(walk: Walk) -> None:
    told = _follow(walk.served())
    assert told["next_promise"]["window"]
    assert told["next_promise"]["says"].startswith("Until ")


def test_messages_of_both_sides_are_shown(walk: Walk) -> None:
    walk.handling()
    write(case=walk.case.id, body="Here is a picture.", by=walk.petitioner, at=walk.at)
    later = walk.at + timedelta(minutes=5)
    write(case=walk.case.id, body="Thank you.", by=walk.cast.wen.id, at=later)
    written = [(m["from_petitioner"], m["body"]) for m in _follow(walk)["messages"]]
    assert written == [(True, "Here is a picture."), (False, "Thank you.")]


def test_it_speaks_the_readers_language(walk: Walk) -> None:
    assert _follow(walk, accept_language="zh-CN")["responsible"]["name"] == "于晨"


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_whatever_is_wrong_with_a_receipt_the_answer_is_one(
    walk: Walk, change: dict[str, str]
) -> None:
    refused = send(FOLLOW, _receipt(walk) | change)
    assert refused.status_code == 404
    assert refused.json()["error"] == {
        "code": "wrong_receipt",
        "message": "Reference and receipt words do not fit together. "
        "Check both against your receipt.",
        "fields": {},
    }


def test_nothing_in_between_keeps_what_was_shown(walk: Walk) -> None:
    for receipt in (_receipt(walk), _receipt(walk) | WRONG["no words"]):
        assert send(FOLLOW, receipt)["Cache-Control"] == "no-store"


def _receipt(walk: Walk) -> dict[str, str]:
    return {"reference": walk.receipt.reference.lower(), "receipt": walk.receipt.words("en")}


def _follow(walk: Walk, accept_language: str = "en") -> Any:
    with played(walk.at + timedelta(hours=1)):
        answer = send(FOLLOW, _receipt(walk), accept_language=accept_language)
    assert answer.status_code == 200
    return answer.json()
