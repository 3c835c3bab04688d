"""What must hold of the tables and of the application's role, whatever is added later.

``evenhand audit`` and the suite ask; so that a table that somebody forgot to protect, or a role
that somebody gave too much, is found by its name.
"""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext_lazy as _

from evenhand.base.audit import Broken, Invariant

#: A row with one of these columns belongs to a matter, or is one person's alone.
_MATTER = ("matter_id", "case_id")
_OWNER = "owner_id"


def matter_models() -> dict[type[Model], str]:
    """Every model whose rows can betray a matter, with the look-up that leads to its id.

    Those are the models with a column for it, the cases that such columns point to, and, at
    any distance, whatever points to one of them.
    """
    found: dict[type[Model], str] = {}
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    for model in models:
        for field in model._meta.concrete_fields:
            if field.column in _MATTER:
                found[model] = field.attname
                if isinstance(field, ForeignKey):
                    found.setdefault(field.related_model, "pk")
    while more := {m: path for m in models if m not in found and (path := _leads_to(m, found))}:
        found |= more
    return found


def _leads_to(model: type[Model], found: dict[type[Model], str]) -> str | None:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and field.related_model in found:
            return f"{field.name}__{found[field.related_model]}"
    return None


def tables_to_protect() -> set[str]:
    """The tables that must have row security."""
    owned = {
        model
        for model in apps.get_models()
        if model._meta.managed and _OWNER in {f.column for f in model._meta.concrete_fields}
    }
    return {model._meta.db_table for model in matter_models().keys() | owned}


_PROTECTED = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
  AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
"""


def unprotected_tables() -> Iterator[Broken]:
    """Tables that can betray a matter and have no row security."""
    with connection.cursor() as cursor:
        cursor.execute(_PROTECTED)
        protected = {name for (name,) in cursor.fetchall()}
    for table in sorted(tables_to_protect() - protected):
        yield Broken(table, "has no row security; add protect_matter to its app's migrations")


_ROLE = """
SELECT fault FROM pg_roles r, LATERAL (VALUES
    (r.rolsuper, 'is a superuser'),
    (r.rolbypassrls, 'passes row security by'),
    (r.rolcreaterole, 'may create roles'),
    (r.rolcreatedb, 'may create databases'),
    (EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND relpersistence <> 't'),
     'owns tables'),
    (EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid), 'is a member of another role'),
    (has_schema_privilege(r.oid, 'public', 'CREATE'), 'may create tables'),
    (has_table_privilege(r.oid, 'ledger_entry', 'UPDATE, DELETE, TRUNCATE'),
     'may change or remove ledger entries'),
    (has_any_column_privilege(r.oid, 'ledger_entry', 'UPDATE'), 'may change ledger entries')
) AS faults (holds, fault)
WHERE r.rolname = %s AND holds
"""


def faults_of_the_role() -> Iterator[Broken]:
    """What the application's role may do and should not."""
    with connection.cursor() as cursor:
        cursor.execute(_ROLE, [settings.EVENHAND_APP_ROLE])
        for (fault,) in cursor.fetchall():
            yield Broken(settings.EVENHAND_APP_ROLE, fault)


INVARIANTS = (
    Invariant("3", _("Every table that can betray a matter has row security."), unprotected_tables),
    Invariant("5", _("The application's role is bound by row security."), faults_of_the_role),
)
