"""One row in every table that can betray a matter, made from the models themselves.

So a table that a later mechanism adds is in the matrix of row security from its first day.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import CLOCK, acting
from evenhand.kernel.access.checks import matter_models
from evenhand.kernel.access.models import Involvement
from evenhand.kernel.organisation.models import Person, Unit
from evenhand.kernel.organisation.tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

_VALUES: dict[str, Callable[["Field[Any, Any]"], Any]] = {
    "ArrayField": lambda field: [],
    "BinaryField": lambda field: uuid.uuid4().bytes * 2,
    "BooleanField": lambda field: False,
    "CharField": lambda field: uuid.uuid4().hex[: field.max_length],
    "DateField": lambda field: AT.date(),
    "DateTimeField": lambda field: AT,
    "JSONField": lambda field: {},
    "TextField": lambda field: "text",
    "UUIDField": lambda field: uuid7(),
}


def make_rows(cast: Cast) -> uuid.UUID:
    """A new matter with one row in every table but that of involvements; returns its id."""
    matter = uuid7(AT)
    made: dict[type[Model], Model] = {}
    paths = matter_models()
    with acting(CLOCK, AT):
        for model in sorted(paths, key=lambda m: paths[m] != "pk"):
            if model is not Involvement:
                _make(model, matter, cast, paths, made)
    return matter


def _make(
    model: type[Model],
    matter: uuid.UUID,
    cast: Cast,
    paths: dict[type[Model], str],
    made: dict[type[Model], Model],
) -> Model:
    if model not in made:
        values: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            if field.attname == paths[model] or (field.primary_key and paths[model] == "pk"):
                values[field.attname] = matter
            elif isinstance(field, ForeignKey) and field.related_model in paths:
                values[field.name] = _make(field.related_model, matter, cast, paths, made)
            elif not (field.null or field.blank or field.has_default() or field.has_db_default()):
                values[field.name] = _value(field, cast)
        made[model] = model._default_manager.create(**values)
    return made[model]


def _value(field: "Field[Any, Any]", cast: Cast) -> Any:
    if isinstance(field, ForeignKey):
        known: dict[Any, Model] = {Unit: cast.county, Person: cast.governor}
        return known[field.related_model]
    kind = field.get_internal_type()
    return _VALUES[kind](field) if kind in _VALUES else 1
