"""Which files there are, and which columns each has: the form that the CSV files follow."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

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

from . import cells

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Column:
    """``name`` heads the column; ``shape`` says what may stand in it.

    ``refers`` names the sheet whose key the cell repeats. An empty cell means ``empty``;
    ``required`` forbids it. ``source`` is the path that leads from the row to the value.
    """

    name: str
    read: cells.Reader
    shape: str
    required: bool = False
    empty: Any = ""
    refers: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One file. ``key`` names the columns by which a row is found again."""

    name: str
    model: type[Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    identify: Callable[[Values], Hashable]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def refers(self) -> set[str]:
        return {column.refers for column in self.columns if column.refers}

    def label(self, values: Values) -> str:
        """The row's key as a person reads it: ``P17, 2026-03-02``."""
        return ", ".join(str(values[name]) for name in self.key)


def _named(longest: int = 200) -> tuple[Column, ...]:
    read, shape = cells.text(longest), f"text, at most {longest} characters"
    return (
        Column(name="name", read=read, shape=shape, required=True),
        Column(name="name_en", read=read, shape=f"{shape}; the English name"),
    )


def _code(name: str = "code") -> Column:
    return Column(name=name, read=cells.text(40), shape="unique", required=True)


def _refers(name: str, sheet: str, *, required: bool = True) -> Column:
    key = "staff_number" if sheet == "people" else "code"
    return Column(
        name=name,
        read=cells.text(40),
        shape=f"{key} of {sheet}.csv, or of one imported before",
        required=required,
        empty=None,
        refers=sheet,
        source=f"{name}__{key}",
    )


def _day(name: str, *, required: bool = False, source: str = "", note: str = "") -> Column:
    shape = f"date such as 2026-03-02{note}"
    return Column(
        name=name, read=cells.day, shape=shape, required=required, empty=None, source=source
    )


def _yes_no(name: str, empty: bool) -> Column:
    shape = f"yes or no; empty means {'yes' if empty else 'no'}"
    return Column(name=name, read=cells.yes_no, shape=shape, empty=empty)


_DURING = (
    _day("since", required=True, source="during__startswith", note="; the first day"),
    _day("until", source="during__endswith", note="; the first day without; empty: no end"),
)


def _by(*names: str) -> Callable[[Values], Hashable]:
    if len(names) == 1:
        return lambda values: values[names[0]]
    return lambda values: tuple(values[name] for name in names)


def _sheet(name: str, model: type[Model], key: tuple[str, ...], *columns: Column) -> Sheet:
    return Sheet(name=name, model=model, key=key, columns=columns, identify=_by(*key))


_CATEGORY = Column(
    name="category",
    read=cells.category,
    shape=f"one of {', '.join(Category.values)}",
    required=True,
)
_LEVEL = Column(
    name="level",
    read=cells.level,
    shape=f"one of {', '.join(level.name.lower() for level in Level)}, or its number",
    required=True,
)
_POWERS = Column(
    name="powers", read=cells.power_list, shape="keys of powers, separated by spaces", empty=[]
)

#: In the order in which they are written: no sheet refers to a later one.
SHEETS = (
    _sheet(
        "units",
        Unit,
        ("code",),
        _code(),
        *_named(),
        _CATEGORY,
        _LEVEL,
        _refers("parent", "units", required=False),
        _day("founded_on"),
        _day("closed_on", note="; the first day without"),
    ),
    _sheet(
        "people",
        Person,
        ("staff_number",),
        _code("staff_number"),
        *_named(),
        Column(name="email", read=cells.email, shape="e-mail address"),
        Column(name="telephone", read=cells.text(40), shape="text, at most 40 characters"),
    ),
    _sheet("bodies", Body, ("code",), _code(), *_named(), _refers("unit", "units")),
    _sheet(
        "posts",
        Post,
        ("code",),
        _code(),
        _refers("unit", "units"),
        *_named(),
        _yes_no("leading", empty=False),
        _POWERS,
    ),
    _sheet(
        "tenures",
        Tenure,
        ("post", "since"),
        _refers("post", "posts"),
        _refers("person", "people"),
        *_DURING,
    ),
    _sheet(
        "memberships",
        Membership,
        ("body", "person", "since"),
        _refers("body", "bodies"),
        _refers("person", "people"),
        *_DURING,
        _yes_no("votes", empty=True),
        _yes_no("presides", empty=False),
    ),
    Sheet(
        name="kinship",
        model=Kinship,
        key=("person", "relative"),
        columns=(
            _refers("person", "people"),
            _refers("relative", "people"),
            Column(
                name="relation",
                read=cells.text(60),
                shape="what the relative is to the person",
                required=True,
            ),
            _day("declared_on", required=True),
        ),
        identify=lambda values: frozenset((values["person"], values["relative"])),
    ),
    _sheet(
        "interests",
        Interest,
        ("person", "unit", "nature", "declared_on"),
        _refers("person", "people"),
        _refers("unit", "units"),
        Column(
            name="nature",
            read=cells.text(200),
            shape="text, at most 200 characters",
            required=True,
        ),
        _day("declared_on", required=True),
        _day("ended_on", note="; the first day without"),
    ),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
