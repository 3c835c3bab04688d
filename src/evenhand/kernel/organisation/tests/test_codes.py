"""Every sentence of the ledger can be filled from what its action enters."""

import uuid
from datetime import UTC, date, datetime
from string import Formatter
from typing import Any

from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.organisation import actions, codes
from evenhand.kernel.organisation.models import Category, Level, Membership
from evenhand.kernel.organisation.tests.cast import Cast

from .openings import every

ACT: dict[str, Any] = {"by": uuid.UUID(int=7), "at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC)}
TODAY = date(2026, 3, 2)


def _act_in_every_way(cast: Cast) -> None:
    unit = actions.found_unit(
        code="new", name="新", category=Category.OFFICE, level=Level.COUNTY,
        parent=cast.county, on=date(2026, 1, 1), **ACT,
    )  # fmt: skip
    actions.rename_unit(unit=unit, name="更新", **ACT)
    actions.move_unit(unit=unit, under=cast.water, **ACT)
    actions.close_unit(unit=unit, on=TODAY, **ACT)
    actions.appoint(post=cast.posts["riverside_head"], person=cast.newcomer, since=TODAY, **ACT)
    actions.relieve(tenure=cast.wen.tenures.get(), until=TODAY, **ACT)
    actions.appoint(post=cast.posts["wen"], person=cast.newcomer, since=TODAY, **ACT)
    actions.seat(body=cast.committee, person=cast.newcomer, since=TODAY, **ACT)
    actions.unseat(membership=Membership.objects.get(person=cast.governor), until=TODAY, **ACT)
    actions.declare_kinship(person=cast.qiao, relative=cast.wen, relation="cousin", **ACT)
    interest = actions.declare_interest(
        person=cast.wen, unit=cast.housing, nature="owns a flat", **ACT
    )
    actions.end_interest(interest=interest, until=TODAY, **ACT)


def test_every_code_is_entered_and_its_sentence_can_be_filled(cast: Cast) -> None:
    _act_in_every_way(cast)
    openings = every()
    entered = {entry.code: openings[entry.id] for entry in Entry.objects.all()}
    assert set(entered) == {code.key for code in codes.EVERY} - {codes.IMPORTED.key}
    for code in codes.EVERY:
        places = {name for _, name, _, _ in Formatter().parse(str(code.sentence)) if name}
        assert code is codes.IMPORTED or places <= set(entered[code.key])
