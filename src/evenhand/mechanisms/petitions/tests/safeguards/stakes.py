"""Seven people with seven kinds of stake in one petition; but for the stake, each might do all."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from evenhand.kernel.access import involvement, recusal
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.models import Relation
from evenhand.kernel.access.recusal import Ground
from evenhand.kernel.organisation.models import Person, Post, Tenure
from evenhand.kernel.organisation.tests.cast import SINCE, Cast
from evenhand.mechanisms.petitions.states import Kind, Manner
from evenhand.mechanisms.petitions.states import State as S
from evenhand.mechanisms.petitions.tests.conftest import ANSWER, Walk

LAST_YEAR = date(2025, 6, 2)


@dataclass(frozen=True)
class Stake:
    """Who has it, on what ground, by what about the act."""

    who: str
    ground: Ground
    act: Callable[[Cast], Mapping[str, Any]]


STAKES = {
    "took the act": Stake("newcomer", Ground.TOOK, lambda c: {"took": [c.newcomer.id]}),
    "signed it": Stake("inspector", Ground.SIGNED, lambda c: {"signed": [c.inspector.id]}),
    "supervised then": Stake(
        "former_head", Ground.SUPERVISED, lambda c: {"acting_units": [c.water.id]}
    ),
    "supervises now": Stake(
        "water_head", Ground.SUPERVISED, lambda c: {"acting_units": [c.water.id]}
    ),
    "kin": Stake("wen", Ground.KIN, lambda c: {"took": [c.housing_handler.id]}),
    "interest": Stake("qiao", Ground.INTEREST, lambda c: {"acting_units": [c.riverside.id]}),
    "declared": Stake("discipline_head", Ground.DECLARED, lambda c: {}),
}

#: The parts that one may have in a matter by name.
PARTS = set(Relation) - {Relation.AUDITING, Relation.FORMER, Relation.CONCERNED}


def outfit(cast: Cast, person: Person) -> None:
    """Every power there is in the units that the petition passes through."""
    powers = {
        cast.petition_office: ["petitions.register"],
        cast.housing: ["petitions.accept", "handle", "lead"],
        cast.county: ["lead", "audit"],
    }
    posts = [
        Post(unit=unit, code=f"everything_in_{unit.code}", name="万能", powers=held)
        for unit, held in powers.items()
    ]
    Post.objects.bulk_create(posts)
    during = DateRange(SINCE, None)
    Tenure.objects.bulk_create(Tenure(post=p, person=person, during=during) for p in posts)


def involve(walk: Walk, person: Person) -> None:
    """Every part by name, that of the petitioner too."""
    parts = [involvement.Involving(relation=part, person=person.id) for part in PARTS]
    with acting(CLOCK, walk.at):
        involvement.involve_many(matter=walk.case.id, involvings=parts, at=walk.at)


def concern(walk: Walk, stake: Stake) -> uuid.UUID:
    """The stake comes to light; returns whose it is."""
    cast = walk.cast
    person: uuid.UUID = getattr(cast, stake.who).id
    found = recusal.stakes(**stake.act(cast), acted_on=LAST_YEAR, at=walk.at)
    ground = found.get(person, Ground.DECLARED)
    assert ground == stake.ground
    recusal.mark_concerned(matter=walk.case.id, people={person: ground}, by=CLOCK, at=walk.at)
    return person


def _served(walk: Walk, step: str) -> Walk:
    day = walk.at.date() + timedelta(days=1)
    return walk.step(step, walk.cast.registrar, manner=Manner.POST, served_on=day)


def _registered(walk: Walk, kind: str = Kind.CLAIM) -> Walk:
    return walk.registered(unit=walk.cast.housing, kind=kind)


def _handling(walk: Walk) -> Walk:
    cast = walk.cast
    return _registered(walk).step("accept", cast.housing_clerk, handler=cast.housing_handler)


def _studying(walk: Walk) -> Walk:
    cast = walk.cast
    _registered(walk, Kind.SUGGESTION)
    return walk.step("study", cast.housing_clerk, handler=cast.housing_handler)


def _proposed(walk: Walk, step: str, result: str) -> Walk:
    handler = walk.cast.housing_handler
    return walk.drafted(by=handler, **ANSWER | {"result": result}).step(step, handler)


def _approving(walk: Walk) -> Walk:
    return _proposed(_handling(walk), "propose", "supported")


def _approving_reply(walk: Walk) -> Walk:
    return _proposed(_studying(walk), "propose_reply", "adopted")


def _redirected(walk: Walk) -> Walk:
    facts = {"reason": "Not ours.", "route": "The court."}
    return walk.step("redirect", walk.cast.registrar, **facts)


def _answered(walk: Walk) -> Walk:
    return _approving(walk).step("approve", walk.cast.housing_head)


#: How a petition comes to each state, in the housing bureau.
WAYS: Mapping[str, Callable[[Walk], Walk]] = {
    S.RECEIVED: lambda walk: walk,
    S.REGISTERED: _registered,
    S.HANDLING: _handling,
    S.APPROVING: _approving,
    S.STUDYING: _studying,
    S.APPROVING_REPLY: _approving_reply,
    S.REDIRECTED: _redirected,
    S.ANSWERED: _answered,
    S.REPLIED: lambda walk: _approving_reply(walk).step("approve_reply", walk.cast.housing_head),
    S.SERVED: lambda walk: _served(_answered(walk), "serve"),
}
