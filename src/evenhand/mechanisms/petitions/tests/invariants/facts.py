"""What a step's form would give: often right, sometimes not."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from evenhand.kernel.organisation.models import Person, Unit
from evenhand.kernel.organisation.queries import day_of
from evenhand.kernel.organisation.tests.cast import Cast
from evenhand.mechanisms.petitions.states import Kind, Manner

from .looking import Standing
from .rules import Offices

STAFF = (
    *("governor", "inspector", "auditor", "petitions_head", "registrar", "water_head"),
    *("water_clerk", "wen", "qiao", "housing_head", "housing_clerk", "housing_handler"),
    *("discipline_head", "riverside_clerk", "former_head", "newcomer"),
)
UNITS = ("water", "housing", "riverside", "discipline", "petition_office", "county")
IN_CHARGE = st.sampled_from(("water", "water", "housing", *UNITS))

staff = st.sampled_from(STAFF)
#: What stands in a fact by mistake or malice.
rubbish: st.SearchStrategy[object] = st.sampled_from(
    [None, "", "  ", "nobody", 0, [], uuid.UUID(int=9), datetime(2026, 3, 2, tzinfo=UTC)]
)


class Facts:
    """Drawn with an eye on who holds which office at the moment."""

    def __init__(self, cast: Cast, offices: Offices) -> None:
        self.offices = offices
        self.people: dict[str, Person] = {name: getattr(cast, name) for name in STAFF}
        self.units: dict[str, Unit] = {name: getattr(cast, name) for name in UNITS}

    def of(
        self, step: str, case: Standing, by: uuid.UUID, today: date, data: st.DataObject
    ) -> dict[str, Any]:
        if step == "register":
            return self._register_facts(case, today, data)
        if step in ("accept", "study", "reassign"):
            return {"handler": self._somebody("handle", case.unit_id, today, data)}
        if step == "recuse":
            part = ("handle", case.unit_id) if case.handler_id == by else ("lead", case.unit_id)
            if case.accountable_id == by and case.handler_id is None:
                part = ("petitions.register", case.receiving_unit_id)
            return {"reason": "kin", "successor": self._somebody(*part, today, data)}
        if step.startswith("serve"):
            issued = day_of(case.issued_at) if case.issued_at else today
            days = [today, today, issued, today + timedelta(days=1)]
            day = data.draw(st.sampled_from(days))
            return {"manner": data.draw(st.sampled_from(Manner.values)), "served_on": day}
        if step == "confirm_withdrawal":
            return {"was_asked_to": data.draw(st.sampled_from([False, False, True, None]))}
        if step in ("send_back", "redirect", "extend", "return", "return_reply"):
            return {"reason": "There is one.", "route": "The county court, 1 Main Street."}
        return {}

    def _register_facts(self, case: Standing, today: date, data: st.DataObject) -> dict[str, Any]:
        about = data.draw(st.sampled_from([*[None] * 6, *UNITS]))
        people = data.draw(st.sampled_from([0, 0, 0, 1, 2]))
        took = [data.draw(staff) for _ in range(people)]
        days = [None, date(2025, 6, 1), date(2026, 2, 1), today, today + timedelta(days=1)]
        return {
            "kind": data.draw(st.sampled_from(Kind.values)),
            "unit": self.units[data.draw(IN_CHARGE)],
            "about_unit": self.units[about] if about else None,
            "about_people": [self.people[name] for name in took],
            "act_on": data.draw(st.sampled_from(days)) if about else None,
        }

    def _somebody(
        self, power: str, unit: uuid.UUID, today: date, data: st.DataObject
    ) -> Person | None:
        """Mostly somebody who has the power in the unit, or leads it."""
        able = {
            *self.offices.with_power(power, unit, today),
            *self.offices.with_power("lead", unit, today),
        }
        people = [self.people[name] for name in STAFF]
        fitting = [person for person in people if person.id in able]
        return data.draw(st.sampled_from(fitting * 4 + people))
