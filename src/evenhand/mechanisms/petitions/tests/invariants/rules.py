"""Who may do what and whom a matter concerns, said a second time and without the engine.

What the engine allows is held against this; nothing here asks the code that is tested.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from evenhand.kernel.organisation.tests.cast import Cast

from .looking import Standing

DESK_STEPS = {"send_back", "redirect", "accept", "study", "serve", "serve_reply", "serve_notice"}
RECEIVING_STEPS = {
    "register",
    "redirect",
    "serve",
    "serve_reply",
    "serve_notice",
    "keep",
    "confirm_withdrawal",
}
HANDLER_STEPS = {"propose", "propose_reply", "serve", "serve_reply"}
HEAD_STEPS = {
    *("send_back", "redirect", "accept", "study", "reassign", "extend"),
    *("return", "approve", "return_reply", "approve_reply"),
}
PETITIONERS_STEPS = {"ask_withdrawal", "keep"}

_POSTS = """
SELECT t.person_id, p.id, p.unit_id, p.powers, p.leading, lower(t.during), upper(t.during)
FROM organisation_tenure t JOIN organisation_post p ON p.id = t.post_id
"""


@dataclass(frozen=True)
class Held:
    """One term of office in one post."""

    person: uuid.UUID
    post: uuid.UUID
    unit: uuid.UUID
    powers: list[str]
    leading: bool
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Offices:
    """All terms of office; read anew whenever one begins or ends."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.read()

    def read(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_POSTS)
            rows = cursor.fetchall()
        self.held = [Held(*row) for row in rows]

    def has(self, person: uuid.UUID, power: str, unit: uuid.UUID, day: date) -> bool:
        return any(
            h.person == person and h.unit == unit and power in h.powers and h.on(day)
            for h in self.held
        )

    def with_power(self, power: str, unit: uuid.UUID, day: date) -> list[uuid.UUID]:
        return [h.person for h in self.held if h.unit == unit and power in h.powers and h.on(day)]

    def leads(self, person: uuid.UUID, unit: uuid.UUID, day: date) -> bool:
        """The unit, or the county that stands above every other."""
        return any(self.has(person, "lead", u, day) for u in (unit, self.cast.county.id))

    def concerned(
        self, about_unit: uuid.UUID | None, people: Collection[uuid.UUID], acted: date, today: date
    ) -> set[uuid.UUID]:
        """Whom an act concerns: who took it, who led the unit then or leads it now, their kin,
        and who has a declared interest in it."""
        cast = self.cast
        found = set(people)
        found |= {
            h.person
            for h in self.held
            if h.unit == about_unit and h.leading and (h.on(acted) or h.on(today))
        }
        sisters = {cast.wen.id, cast.housing_handler.id}
        if found & sisters:
            found |= sisters
        if about_unit == cast.riverside.id:
            found.add(cast.qiao.id)
        return found


def entitled(
    step: str, person: uuid.UUID, case: Standing, petitioner: uuid.UUID, offices: Offices, day: date
) -> bool:
    """Whether somebody has the part in this very case that the step asks for."""
    receives = offices.has(person, "petitions.register", case.receiving_unit_id, day)
    receives |= case.handler_id is None and person == case.accountable_id
    parts = (
        (RECEIVING_STEPS, receives),
        (DESK_STEPS, offices.has(person, "petitions.accept", case.unit_id, day)),
        (HANDLER_STEPS, person == case.handler_id),
        (HEAD_STEPS, offices.leads(person, case.unit_id, day)),
        (PETITIONERS_STEPS, person == petitioner),
    )
    if step == "recuse":
        return any(part for steps, part in parts if steps is not PETITIONERS_STEPS)
    return any(step in steps and part for steps, part in parts)
