"""The invented county: units, posts, people, terms of office, kin, interests.

Made as the very CSV files that ``evenhand organisation import`` reads, and brought in by it.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from evenhand.kernel.access.actor import OPERATOR
from evenhand.kernel.organisation.importing import files
from evenhand.kernel.organisation.queries import day_of

from .names import DATA, Name
from .visitors import POSTS_OF_SIGN_INS

Row = Mapping[str, object]

#: How many posts a unit of each category has.
STAFF = {
    "authority": 8,
    "party_organ": 12,
    "agency": 16,
    "institution": 14,
    "enterprise": 12,
    "school": 12,
    "township": 16,
    "community": 4,
}
#: What the head of a unit of each category is called.
HEADS = {
    "authority": ("县长", "County head"),
    "party_organ": ("负责人", "Head"),
    "agency": ("局长", "Director"),
    "institution": ("主任", "Director"),
    "enterprise": ("总经理", "Manager"),
    "school": ("校长", "Head teacher"),
    "township": ("镇（乡）长", "Mayor"),
    "community": ("主任", "Chair"),
}
#: Units whose head's post nobody holds: one level up answers for them.
HEADLESS = ("town_riverside", "forestry", "comm_kiln")
#: Units whose head changed while the petitions ran, so that the former one has a stake.
CHANGED = ("water", "transport", "market", "town_lake")


class CountyRefused(Exception):
    """The import found a problem in the demo's own files."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One post of one unit, as the files have it."""

    code: str
    unit: str
    name: str
    name_en: str
    leading: bool = False
    powers: tuple[str, ...] = ()


def make(
    *, names: Iterator[Name], chance: Random, at: datetime, progress: Callable[[str], None]
) -> None:
    """Import the county as it stood at ``at``. Raises :class:`CountyRefused`."""
    with TemporaryDirectory() as folder:
        for name, rows in _sheets(names, chance, day_of(at)).items():
            _write(Path(folder) / f"{name}.csv", rows)
        found = files.find([Path(folder)])
        plan = files.bring(found.paths, write=True, by=OPERATOR, at=at, progress=lambda _line: None)
    if plan.problems:
        raise CountyRefused("; ".join(str(problem) for problem in plan.problems))
    progress(", ".join(f"{len(sheet.added)} {sheet.sheet.name}" for sheet in plan.sheets))


def _write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _sheets(names: Iterator[Name], chance: Random, day: date) -> dict[str, Sequence[Row]]:
    with (DATA / "units.csv").open(encoding="utf-8", newline="") as file:
        units = list(csv.DictReader(file))
    places = [place for unit in units for place in _places(unit)]
    people = list(_people(names, len(places)))
    numbers = [str(person["staff_number"]) for person in people]
    tenures = list(_tenures(places, numbers, chance, day))
    sitting = {str(t["post"]): str(t["person"]) for t in tenures if not t["until"]}
    for post, sign_in in POSTS_OF_SIGN_INS.items():
        people[numbers.index(sitting[post])]["email"] = sign_in
    return {
        "units": units,
        "people": people,
        "bodies": [_COMMITTEE],
        "posts": [_post(place) for place in places],
        "tenures": tenures,
        "memberships": list(_memberships(sitting, day)),
        "kinship": list(_kinship(sitting, chance, day)),
        "interests": list(_interests(sitting, units, chance, day)),
    }


# Posts.


def _places(unit: Mapping[str, str]) -> Iterator[Place]:
    """Head and deputies, the desk, handlers, what the unit alone has, and then everybody else."""
    code, category = unit["code"], unit["category"]
    named = [_head(code, category), *_deputies(code, category), *_desk(code, category)]
    named += _OWN_POSTS.get(code, ())
    yield from named
    for number in range(1, STAFF[category] - len(named) + 1):
        yield Place(code=f"{code}.staff{number}", unit=code, name="科员", name_en="Officer")


def _head(unit: str, category: str) -> Place:
    name, name_en = HEADS[category]
    return Place(
        code=f"{unit}.head", unit=unit, name=name, name_en=name_en, leading=True, powers=("lead",)
    )


def _deputies(unit: str, category: str) -> Iterator[Place]:
    for number in range(1, 1 + STAFF[category] // 8):
        yield Place(
            code=f"{unit}.deputy{number}",
            unit=unit,
            name="副职",
            name_en="Deputy",
            leading=True,
        )


def _desk(unit: str, category: str) -> Iterator[Place]:
    """A township's desk registers what its people bring, too."""
    takes = ("petitions.accept", "petitions.register")
    powers = takes if category == "township" else takes[:1]
    yield Place(code=f"{unit}.desk", unit=unit, name="信访专员", name_en="Desk", powers=powers)
    for number in range(1, 2 + STAFF[category] // 6):
        yield Place(
            code=f"{unit}.handler{number}",
            unit=unit,
            name="承办人",
            name_en="Case officer",
            powers=("handle",),
        )


def _special(unit: str, key: str, name: str, name_en: str, power: str) -> Place:
    return Place(code=f"{unit}.{key}", unit=unit, name=name, name_en=name_en, powers=(power,))


_REGISTERS = "petitions.register"
_OWN_POSTS = {
    "county": (
        _special("county", "auditor", "审计专员", "Auditor", "audit"),
        _special("county", "inspector", "信访督查专员", "Inspector", "petitions.inspect"),
    ),
    "petition_office": tuple(
        _special("petition_office", f"registrar{n}", "登记员", "Registrar", _REGISTERS)
        for n in (1, 2, 3)
    ),
}


def _post(place: Place) -> Row:
    return {
        "code": place.code,
        "unit": place.unit,
        "name": place.name,
        "name_en": place.name_en,
        "leading": "yes" if place.leading else "no",
        "powers": " ".join(place.powers),
    }


# People and their terms.


def _people(names: Iterator[Name], count: int) -> Iterator[dict[str, object]]:
    for number, name in enumerate(islice(names, count), start=1):
        yield {
            "staff_number": f"NZ{number:04}",
            "name": name.own,
            "name_en": name.english,
            "email": "",
        }


def _tenures(
    places: Sequence[Place], numbers: Sequence[str], chance: Random, day: date
) -> Iterator[Row]:
    """Terms since some years; headless units, changes of head, and posts nobody has taken yet.

    Whoever is left over has been on the staff and holds no post now.
    """
    waiting = list(numbers)
    for place in places:
        vacant = place.code.endswith(".staff5") and chance.random() < 0.4
        if vacant or place.code in {f"{unit}.head" for unit in HEADLESS}:
            continue
        since = day - timedelta(days=chance.randrange(300, 2500))
        if place.code in {f"{unit}.head" for unit in CHANGED}:
            change = day + timedelta(days=90)
            yield _tenure(place.code, waiting.pop(0), since, change)
            since = change
        yield _tenure(place.code, waiting.pop(0), since, None)


def _tenure(post: str, person: str, since: date, until: date | None) -> Row:
    return {"post": post, "person": person, "since": since, "until": until or ""}


# Who sits together, who is kin, who has an interest.

_COMMITTEE = {
    "code": "standing_committee",
    "name": "县委常务委员会",
    "name_en": "County Standing Committee",
    "unit": "county",
}
_SEATS = {
    "county.head": ("yes", "yes"),
    "county.deputy1": ("yes", "no"),
    "discipline.head": ("yes", "no"),
    "personnel.head": ("yes", "no"),
    "publicity.head": ("yes", "no"),
    "government_office.head": ("yes", "no"),
    "county.inspector": ("no", "no"),
}


def _memberships(sitting: Mapping[str, str], day: date) -> Iterator[Row]:
    for post, (votes, presides) in _SEATS.items():
        yield {
            "body": _COMMITTEE["code"],
            "person": sitting[post],
            "since": day - timedelta(days=700),
            "votes": votes,
            "presides": presides,
        }


#: Pairs whose kinship the demo's petitions meet: one of them is kept away.
_KIN = (
    ("housing.handler2", "city.handler1", "妹妹"),
    ("petition_office.registrar2", "transport.deputy1", "配偶"),
)
_RELATIONS = ("配偶", "兄弟", "姐妹", "父子", "母女", "表亲")


def _kinship(sitting: Mapping[str, str], chance: Random, day: date) -> Iterator[Row]:
    pairs = [(sitting[one], sitting[other], relation) for one, other, relation in _KIN]
    kin = {person for one, other, _relation in pairs for person in (one, other)}
    others = chance.sample(sorted(set(sitting.values()) - kin), 20)
    pairs += [
        (one, other, chance.choice(_RELATIONS))
        for one, other in zip(others[::2], others[1::2], strict=True)
    ]
    for one, other, relation in pairs:
        declared = day - timedelta(days=chance.randrange(60, 250))
        yield {"person": one, "relative": other, "relation": relation, "declared_on": declared}


_NATURES = (
    "持有下属企业股份",
    "配偶经营的商铺承租该单位房屋",
    "曾任该单位顾问，合同未满",
    "承包该单位辖区内鱼塘",
    "子女在该单位合同项目中任职",
)


def _interests(
    sitting: Mapping[str, str], units: Sequence[Mapping[str, str]], chance: Random, day: date
) -> Iterator[Row]:
    people = chance.sample(sorted(sitting.values()), 16)
    for person, unit in zip(people, chance.sample(units, 16), strict=True):
        yield {
            "person": person,
            "unit": unit["code"],
            "nature": chance.choice(_NATURES),
            "declared_on": day - timedelta(days=chance.randrange(60, 250)),
        }
