"""The standing cast: the invented county of Nanzhi, small enough to know by heart.

Every test of the house may ask for the fixture ``cast``. Terms of office begin on
``SINCE``; on ``CHANGED`` the water bureau got its present head, and ``former_head`` left.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from evenhand.kernel.organisation.models import (
    Body,
    Category,
    Interest,
    Kinship,
    Level,
    Membership,
    Person,
    Post,
    Tenure,
    Unit,
)

SINCE = date(2020, 1, 1)
CHANGED = date(2026, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Units, people and posts by the names that tests call them."""

    # Units. The county is the root; all others are its children.
    county: Unit
    petition_office: Unit
    water: Unit
    housing: Unit
    discipline: Unit
    riverside: Unit

    # People in office.
    governor: Person
    inspector: Person
    auditor: Person
    petitions_head: Person
    registrar: Person
    water_head: Person
    water_clerk: Person
    wen: Person
    qiao: Person
    housing_head: Person
    housing_clerk: Person
    housing_handler: Person
    discipline_head: Person
    riverside_clerk: Person
    #: Led the water bureau until ``CHANGED``; holds no post now.
    former_head: Person
    #: Works for the body and holds no post.
    newcomer: Person

    #: By the name of their holder, as above; ``riverside_head`` is vacant.
    posts: dict[str, Post]
    #: The county's standing committee: the governor presides; the inspector has no vote.
    committee: Body


_UNITS: dict[str, tuple[str, str, Category, Level]] = {
    "county": ("南枝县人民政府", "Nanzhi County Government", Category.AUTHORITY, Level.COUNTY),
    "petition_office": ("县信访局", "Petition Office", Category.OFFICE, Level.COUNTY),
    "water": ("县水利局", "Water Bureau", Category.AGENCY, Level.COUNTY),
    "housing": ("县住房和城乡建设局", "Housing Bureau", Category.AGENCY, Level.COUNTY),
    "discipline": ("县纪委监委", "Discipline Organ", Category.PARTY_ORGAN, Level.COUNTY),
    "riverside": ("河滨镇人民政府", "Riverside Township", Category.TOWNSHIP, Level.TOWNSHIP),
}
_PEOPLE: dict[str, tuple[str, str]] = {
    "governor": ("梁致远", "Z. Liang"),
    "inspector": ("柏青", "Q. Bai"),
    "auditor": ("沈立", "L. Shen"),
    "petitions_head": ("郝宁", "N. Hao"),
    "registrar": ("于晨", "C. Yu"),
    "water_head": ("闻涛", "T. Wen"),
    "water_clerk": ("贺小满", "X. He"),
    "wen": ("温岚", "L. Wen"),
    "qiao": ("乔木", "M. Qiao"),
    "housing_head": ("祝文", "W. Zhu"),
    "housing_clerk": ("安然", "R. An"),
    "housing_handler": ("温屿", "Y. Wen"),
    "discipline_head": ("方正", "Z. Fang"),
    "riverside_clerk": ("江一帆", "Y. Jiang"),
    "former_head": ("鲁平", "P. Lu"),
    "newcomer": ("简宁", "N. Jian"),
}
#: Name of the post (and of its holder, if any): unit, Chinese, English, powers.
_POSTS: dict[str, tuple[str, str, str, list[str]]] = {
    "governor": ("county", "县长", "County Governor", ["lead"]),
    "inspector": ("county", "信访督查专员", "Inspector", ["petitions.inspect"]),
    "auditor": ("county", "审计员", "Auditor", ["audit"]),
    "petitions_head": ("petition_office", "局长", "Director", ["lead"]),
    "registrar": ("petition_office", "登记员", "Registrar", ["petitions.register"]),
    "water_head": ("water", "局长", "Director", ["lead"]),
    "water_clerk": ("water", "受理岗", "Desk Clerk", ["petitions.accept"]),
    "wen": ("water", "供水科科长", "Handler, Supply", ["handle"]),
    "qiao": ("water", "河道科科长", "Handler, Rivers", ["handle"]),
    "housing_head": ("housing", "局长", "Director", ["lead"]),
    "housing_clerk": ("housing", "受理岗", "Desk Clerk", ["petitions.accept"]),
    "housing_handler": ("housing", "房管科科长", "Handler, Homes", ["handle"]),
    "discipline_head": ("discipline", "书记", "Secretary", ["lead"]),
    "riverside_head": ("riverside", "镇长", "Township Head", ["lead"]),
    "riverside_clerk": ("riverside", "受理岗", "Desk Clerk", ["petitions.accept", "handle"]),
}


def make_cast() -> Cast:
    """Write the whole county in nine statements."""
    units = _make_units()
    people = _make_people()
    posts = _make_posts(units)
    _appoint(posts, people)
    Kinship.objects.create(
        person=people["wen"],
        relative=people["housing_handler"],
        relation="sister",
        declared_on=SINCE,
    )
    Interest.objects.create(
        person=people["qiao"],
        unit=units["riverside"],
        nature="leases a fish pond from the township",
        declared_on=SINCE,
    )
    return Cast(**units, **people, posts=posts, committee=_make_committee(units, people))


def _make_units() -> dict[str, Any]:
    units: dict[str, Unit] = {}
    for key, (name, name_en, category, level) in _UNITS.items():
        units[key] = Unit(
            code=key,
            name=name,
            name_en=name_en,
            category=category,
            level=level,
            parent=units.get("county"),
            founded_on=SINCE,
        )
    Unit.objects.bulk_create(units.values())
    return units


def _make_people() -> dict[str, Any]:
    people = {
        key: Person(
            staff_number=f"NZ{number:03}",
            name=name,
            name_en=name_en,
            email=f"{key}@nanzhi.example",
        )
        for number, (key, (name, name_en)) in enumerate(_PEOPLE.items(), start=1)
    }
    Person.objects.bulk_create(people.values())
    return people


def _make_posts(units: dict[str, Unit]) -> dict[str, Post]:
    posts = {
        key: Post(
            code=key,
            unit=units[unit],
            name=name,
            name_en=name_en,
            leading="lead" in powers,
            powers=powers,
        )
        for key, (unit, name, name_en, powers) in _POSTS.items()
    }
    Post.objects.bulk_create(posts.values())
    return posts


def _appoint(posts: dict[str, Post], people: dict[str, Person]) -> None:
    terms = [
        Tenure(
            post=post,
            person=people[key],
            during=DateRange(CHANGED if key == "water_head" else SINCE, None),
        )
        for key, post in posts.items()
        if key in people
    ]
    former = Tenure(
        post=posts["water_head"], person=people["former_head"], during=DateRange(SINCE, CHANGED)
    )
    Tenure.objects.bulk_create([*terms, former])


def _make_committee(units: dict[str, Unit], people: dict[str, Person]) -> Body:
    committee = Body.objects.create(
        code="committee", name="县委常委会", name_en="Standing Committee", unit=units["county"]
    )
    Membership.objects.bulk_create(
        Membership(
            body=committee,
            person=people[key],
            during=DateRange(SINCE, None),
            votes=key != "inspector",
            presides=key == "governor",
        )
        for key in ("governor", "discipline_head", "water_head", "housing_head", "inspector")
    )
    return committee
