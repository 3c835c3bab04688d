"""What an import would change, what it refuses, and what it writes."""

from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.organisation import queries
from evenhand.kernel.organisation.models import (
    Kinship,
    Membership,
    Person,
    Tenure,
    Unit,
)
from evenhand.kernel.organisation.tests.bring import Bring, told
from evenhand.kernel.organisation.tests.cast import Cast

from .openings import opened

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db

WHOLE: dict[str, Any] = {
    "units": "code,name,name_en,category,level,parent,founded_on\n"
    "ponds,渔政科,Ponds,office,township,town,\n"
    "town,镇,Town,township,township,top,2001-01-01\n"
    "top,县,County,authority,county,,\n",
    "people": "staff_number,name,email\nS1,甲,one@x.example\nS2,乙,\n",
    "bodies": "code,name,unit\nB,常委会,top\n",
    "posts": "code,unit,name,leading,powers\nP1,town,镇长,yes,lead handle\nP2,ponds,科员,,audit\n",
    "tenures": "post,person,since,until\nP1,S1,2020-01-01,\nP2,S2,2020-01-01,2026-01-01\n",
    "memberships": "body,person,since,votes,presides\nB,S1,2020-01-01,no,yes\n",
    "kinship": "person,relative,relation,declared_on\nS1,S2,brother,2020-01-01\n",
    "interests": "person,unit,nature,declared_on\nS2,town,owns a shop,2020-01-01\n",
}


def test_a_whole_organisation_comes_in_whatever_the_order_of_rows(bring: Bring) -> None:
    assert told(bring(**WHOLE)) == []
    ponds, town = Unit.objects.get(code="ponds"), Unit.objects.get(code="town")
    first, second = Person.objects.order_by("staff_number")
    assert [unit.code for unit in queries.ancestors(ponds)] == ["town", "top"]
    assert queries.answering_for(ponds, AT) == first
    assert queries.holders(ponds, "audit", datetime(2025, 1, 1, tzinfo=UTC)).get() == second
    assert queries.kin_of([first]) == {second.id}
    assert queries.interested_in([town], AT) == {second.id}
    seat = Membership.objects.get()
    assert (seat.person, seat.votes, seat.presides) == (first, False, True)


def test_a_second_time_changes_nothing(bring: Bring) -> None:
    bring(**WHOLE)
    again = bring(**WHOLE)
    assert [each.written for each in again.sheets] == [[]] * 8
    assert sum(each.unchanged for each in again.sheets) == 13


def test_the_preview_writes_nothing(bring: Bring) -> None:
    plan = bring(write=False, **WHOLE)
    assert [len(each.added) for each in plan.sheets] == [3, 2, 1, 2, 2, 1, 1, 1]
    assert not Unit.objects.exists()
    assert not Entry.objects.exists()


def test_a_change_is_shown_field_by_field_and_keeps_the_row(cast: Cast, bring: Bring) -> None:
    plan = bring(units="code,name,category,level\nwater,县水务局,agency,county\n")
    (change,) = plan.sheets[0].changed
    assert change.fields == {"name": ("县水利局", "县水务局")}
    water = Unit.objects.get(code="water")
    assert (water.id, water.name, water.parent) == (cast.water.id, "县水务局", cast.county)


def test_a_column_left_out_leaves_what_stands_and_an_empty_cell_does_not(
    cast: Cast, bring: Bring
) -> None:
    bring(people="staff_number,name,email\nNZ006,闻涛,\n")
    person = Person.objects.get(id=cast.water_head.id)
    assert (person.name_en, person.email) == ("T. Wen", "")


def test_what_is_not_in_the_file_is_listed_and_stays(cast: Cast, bring: Bring) -> None:
    plan = bring(units="code,name,category,level\nnew,新局,agency,county\n")
    absent = [row.values["code"] for row in plan.sheets[0].absent]
    assert "water" in absent
    assert len(absent) == 6
    assert Unit.objects.count() == 7


def test_a_successor_comes_in_with_the_end_of_the_term_before(cast: Cast, bring: Bring) -> None:
    terms = "post,person,since,until\nwen,NZ016,2026-03-01,\nwen,NZ008,2020-01-01,2026-03-01\n"
    assert told(bring(tenures=terms)) == []
    assert queries.holders(cast.water, "handle", AT).first() == cast.qiao
    assert queries.powers_of(cast.newcomer, AT) == {(cast.water.id, "handle")}
    assert Tenure.objects.get(person=cast.wen).id == cast.wen.tenures.get().id


def test_two_posts_can_exchange_who_leads(cast: Cast, bring: Bring) -> None:
    posts = "code,unit,name,leading,powers\nwen,water,x,yes,lead\nwater_head,water,y,yes,handle\n"
    assert told(bring(posts=posts)) == []
    assert queries.head_of(cast.water, AT) == cast.wen


def test_two_units_can_exchange_their_places(cast: Cast, bring: Bring) -> None:
    bring(units="code,name,category,level,parent\nhousing,x,agency,county,water\n")
    exchanged = "water,x,agency,county,housing\nhousing,x,agency,county,county\n"
    assert told(bring(units="code,name,category,level,parent\n" + exchanged)) == []
    assert [unit.code for unit in queries.ancestors(cast.water)] == ["housing", "county"]


def test_kin_named_in_the_other_order_are_the_same_row(cast: Cast, bring: Bring) -> None:
    header = "person,relative,relation,declared_on\n"
    plan = bring(kinship=header + "NZ012,NZ008,brother,2020-01-01\n")
    assert len(plan.sheets[0].changed) == 1
    assert Kinship.objects.get().relation == "brother"


# The ledger.


def test_an_import_enters_itself_and_what_the_public_may_read(bring: Bring) -> None:
    bring(**WHOLE)
    counts = Counter(Entry.objects.values_list("code", flat=True))
    assert counts == {
        "organisation.imported": 1,
        "organisation.unit.founded": 3,
        "organisation.leader.appointed": 1,
    }
    opening = opened(arguments__has_key="files")
    assert opening["files"][0]["sha256"] == sha256(WHOLE["units"].encode()).hexdigest()


def test_closing_a_unit_by_import_is_public(cast: Cast, bring: Bring) -> None:
    units = "code,name,category,level,closed_on\nnew,x,agency,county,\n"
    bring(units=units)
    bring(units=units.replace("county,", "county,2026-05-01"))
    entry = Entry.objects.get(code="organisation.unit.closed")
    assert opened(entry_id=entry.id)["on"] == "2026-05-01"


def test_the_number_of_queries_does_not_grow_with_the_rows(
    bring: Bring, django_assert_num_queries: Any
) -> None:
    def units(first: int, last: int) -> str:
        header = "code,name,category,level,parent\n"
        return header + "".join(f"U{n},x,agency,county,\n" for n in range(first, last))

    with CaptureQueriesContext(connection) as few:
        bring(units=units(0, 3))
    with django_assert_num_queries(len(few)):
        bring(units=units(3, 1_000))
