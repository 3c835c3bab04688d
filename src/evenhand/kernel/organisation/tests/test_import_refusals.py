"""What an import refuses: every row to blame by name, nothing written."""

from typing import Any

import pytest

from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.organisation.models import Unit
from evenhand.kernel.organisation.tests.bring import Bring, told
from evenhand.kernel.organisation.tests.cast import Cast

UNITS = "code,name,category,level,parent,closed_on\n"


@pytest.mark.parametrize(
    ("sheet", "content", "expected"),
    [
        (
            "units",
            "code,name,category,level,parent\nX,x,agency,county,X9\n",
            "units.csv row 2, column parent: no unit with code 'X9'",
        ),
        (
            "units",
            "code,name,category,level,founded_on,closed_on\nX,x,agency,county,2026-01-01,2020-01-01\n",
            "units.csv row 2, column closed_on: 2020-01-01 is not after 2026-01-01",
        ),
        (
            "posts",
            "code,unit,name,leading,powers\nX,water,x,yes,lead\n",
            "posts.csv row 2, column powers: water_head leads water already; a unit has one"
            " leading post with that power",
        ),
        (
            "tenures",
            "post,person,since\nwen,NZ016,2026-01-01\n",
            "tenures.csv row 2, column since: NZ008 holds the post from 2020-01-01",
        ),
        (
            "tenures",
            "post,person,since,until\nriverside_head,NZ999,2026-01-01,2025-01-01\n",
            "tenures.csv row 2, column person: no person with staff number 'NZ999'",
        ),
        (
            "memberships",
            "body,person,since\ncommittee,NZ001,2026-01-01\n",
            "memberships.csv row 2, column since: NZ001 has a seat already from 2020-01-01",
        ),
        (
            "kinship",
            "person,relative,relation,declared_on\nNZ001,NZ001,self,2026-01-01\n",
            "kinship.csv row 2, column relative: nobody is their own kin",
        ),
        (
            "units",
            "code,name,category,level,closed_on\nriverside,x,township,township,2026-05-01\n",
            "units.csv row 2, column closed_on: in tenures.csv there is still riverside_clerk,"
            " 2020-01-01 beyond 2026-05-01",
        ),
    ],
)
def test_a_row_that_cannot_stand_is_named(
    cast: Cast, bring: Bring, sheet: str, content: str, expected: str
) -> None:
    brought: dict[str, Any] = {sheet: content}
    assert expected in told(bring(**brought))
    assert not Entry.objects.exists()


def test_every_unit_of_the_file_on_a_circle_is_named(cast: Cast, bring: Bring) -> None:
    plan = bring(
        units=UNITS
        + "below,x,agency,county,county,\n"
        + "county,x,authority,county,water,\n"
        + "one,x,agency,county,two,\n"
        + "two,x,agency,county,one,\n"
    )
    assert told(plan) == [
        "units.csv row 3, column parent: county would stand below itself, through water",
        "units.csv row 4, column parent: one would stand below itself, through two",
        "units.csv row 5, column parent: two would stand below itself, through one",
    ]


def test_problems_of_all_files_are_listed_in_order_and_nothing_is_written(
    cast: Cast, bring: Bring
) -> None:
    plan = bring(
        tenures="post,person,since\nnone,NZ016,2026-01-01\n",
        units=UNITS + "new,x,agency,county,county,\nX,x,agency,county,X9,\nY,,agency,county,,\n",
    )
    assert told(plan) == [
        "units.csv row 3, column parent: no unit with code 'X9'",
        "units.csv row 4, column name: is empty",
        "tenures.csv row 2, column post: no post with code 'none'",
    ]
    assert not Unit.objects.filter(code="new").exists()


def test_who_refers_to_a_broken_row_is_not_told_that_it_does_not_exist(
    cast: Cast, bring: Bring
) -> None:
    plan = bring(units=UNITS + "X,,agency,county,,\nY,y,agency,county,X,\n")
    assert told(plan) == ["units.csv row 2, column name: is empty"]


def test_two_terms_in_one_file_that_overlap_are_told_by_the_later(cast: Cast, bring: Bring) -> None:
    terms = "riverside_head,NZ016,2026-02-01,\nriverside_head,NZ015,2026-01-01,2026-02-02\n"
    assert told(bring(tenures="post,person,since,until\n" + terms)) == [
        "tenures.csv row 2, column since: NZ015 holds the post from 2026-01-01 until 2026-02-02"
    ]


def test_a_term_is_named_when_it_outlives_its_unit(cast: Cast, bring: Bring) -> None:
    plan = bring(
        units=UNITS + "riverside,x,township,township,county,2026-05-01\n",
        tenures="post,person,since,until\nriverside_clerk,NZ014,2020-01-01,2026-06-01\n",
    )
    assert told(plan) == [
        "tenures.csv row 2, column until: the unit riverside is closed from 2026-05-01"
    ]


def test_a_unit_closes_together_with_the_terms_in_it(cast: Cast, bring: Bring) -> None:
    plan = bring(
        units=UNITS + "riverside,x,township,township,county,2026-05-01\n",
        tenures="post,person,since,until\nriverside_clerk,NZ014,2020-01-01,2026-05-01\n",
    )
    assert told(plan) == []


def test_a_unit_with_units_left_below_it_does_not_close(cast: Cast, bring: Bring) -> None:
    plan = bring(units=UNITS + "new,x,agency,county,old,\nold,x,agency,county,,2026-05-01\n")
    assert told(plan) == [
        "units.csv row 2, column closed_on: the unit old is closed from 2026-05-01"
    ]
