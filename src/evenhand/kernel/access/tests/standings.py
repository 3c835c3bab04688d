"""Who may stand how to a matter, and whether he sees it: the rows of the matrix."""

import uuid
from dataclasses import dataclass

from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.involvement import Involving, involve_many, release_many
from evenhand.kernel.access.models import Relation
from evenhand.kernel.organisation.tests.cast import Cast

from .rows import AT, make_rows


@dataclass(frozen=True, kw_only=True)
class Standing:
    """``actor`` is somebody of the cast who is involved as ``involving`` says, or was."""

    name: str
    actor: str
    involving: Involving | None = None
    ended: bool = False
    sees: bool


@dataclass(frozen=True, kw_only=True)
class Square:
    """One square of the matrix: a matter to which one standing holds, concerned or not."""

    standing: Standing
    actor_id: uuid.UUID
    concerned: bool
    matter: uuid.UUID

    @property
    def seen(self) -> bool:
        return self.standing.sees and not self.concerned


IN_FORCE = [r for r in Relation if r not in (Relation.CONCERNED, Relation.FORMER)]


def standings(cast: Cast) -> list[Standing]:
    wen = cast.wen.id
    desk = Involving(relation=Relation.DESK, unit=cast.water.id, power="petitions.accept")
    head = Involving(relation=Relation.HANDLING, unit=cast.water.id, power="lead")
    handler = Involving(relation=Relation.HANDLER, person=wen)
    return [
        *(
            Standing(
                name=f"{relation} in person",
                actor="wen",
                involving=Involving(relation=relation, person=wen),
                sees=True,
            )
            for relation in IN_FORCE
        ),
        Standing(
            name="had a part before",
            actor="wen",
            involving=Involving(relation=Relation.FORMER, person=wen),
            sees=False,
        ),
        Standing(name="ended", actor="wen", involving=handler, ended=True, sees=False),
        Standing(name="power in the unit", actor="water_clerk", involving=desk, sees=True),
        Standing(name="power, ended", actor="water_clerk", involving=desk, ended=True, sees=False),
        Standing(name="another power in the unit", actor="qiao", involving=desk, sees=False),
        Standing(name="power in another unit", actor="housing_clerk", involving=desk, sees=False),
        Standing(name="leads the unit", actor="water_head", involving=head, sees=True),
        Standing(name="led the unit before", actor="former_head", involving=head, sees=False),
        Standing(name="one level up", actor="governor", involving=head, sees=False),
        Standing(name="a colleague has it", actor="qiao", involving=handler, sees=False),
        Standing(name="no part", actor="newcomer", sees=False),
    ]


def make_matrix(cast: Cast) -> list[Square]:
    """Every standing, once not concerned and once concerned, each to a matter of its own."""
    return [
        _square(cast, standing, concerned)
        for standing in standings(cast)
        for concerned in (False, True)
    ]


def _square(cast: Cast, standing: Standing, concerned: bool) -> Square:
    matter, actor = make_rows(cast), getattr(cast, standing.actor).id
    involvings = [Involving(relation=Relation.PETITIONER, person=uuid.uuid4())]
    if standing.involving:
        involvings.append(standing.involving)
    if concerned:
        involvings.append(Involving(relation=Relation.CONCERNED, person=actor, ground="took"))
    with acting(CLOCK, AT):
        involve_many(matter=matter, involvings=involvings, at=AT)
        if standing.involving and standing.ended:
            release_many(matter=matter, involvings=[standing.involving], at=AT)
    return Square(standing=standing, actor_id=actor, concerned=concerned, matter=matter)
