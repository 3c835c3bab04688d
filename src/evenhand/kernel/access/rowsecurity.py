"""Row security: the SQL that migrations run. One view decides; every policy asks it.

``access_sight`` lists the matters that the present actor may see. It belongs to the owner, so
that it reads involvements past their own policy (no recursion), and it shows an actor nothing
but his own sight. Policies probe it with EXISTS, which the planner turns into an index probe
for one row and into a hash for many.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from .actor import SEES_EVERYTHING

_SYSTEM = ", ".join(f"'{actor}'::uuid" for actor in SEES_EVERYTHING)

FUNCTIONS = f"""
CREATE FUNCTION evenhand_actor() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE actor text := nullif(current_setting('evenhand.actor', true), '');
BEGIN
    IF actor IS NULL THEN
        RAISE EXCEPTION 'no actor: protected rows are read inside access.actor.acting()'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN actor::uuid;
END $$;

CREATE FUNCTION evenhand_at() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('evenhand.at', true), '')::timestamptz
$$;

CREATE FUNCTION evenhand_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT evenhand_actor() IN ({_SYSTEM})
$$;

CREATE FUNCTION evenhand_receipt() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT decode(nullif(current_setting('evenhand.receipt', true), ''), 'hex')
$$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION evenhand_receipt(); DROP FUNCTION evenhand_system();
DROP FUNCTION evenhand_at(); DROP FUNCTION evenhand_actor();
"""

VIEWS = """
CREATE VIEW access_my_power AS
SELECT p.unit_id, power.name AS power
FROM organisation_tenure t
JOIN organisation_post p ON p.id = t.post_id
CROSS JOIN LATERAL unnest(p.powers) AS power(name)
WHERE t.person_id = (SELECT evenhand_actor())
  AND t.during @> (evenhand_at() AT TIME ZONE '{timezone}')::date;

CREATE VIEW access_sight AS
SELECT i.matter_id, i.relation
FROM access_involvement i
WHERE i.until IS NULL AND i.relation NOT IN ('concerned', 'former')
  AND (i.person_id = (SELECT evenhand_actor())
       OR (i.unit_id, i.power) IN (SELECT unit_id, power FROM access_my_power))
  AND NOT EXISTS (
    SELECT 1 FROM access_involvement c
    WHERE c.matter_id = i.matter_id AND c.until IS NULL AND c.relation = 'concerned'
      AND c.person_id = (SELECT evenhand_actor()));

CREATE FUNCTION evenhand_new_matter(matter uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT NOT EXISTS (SELECT 1 FROM access_involvement WHERE matter_id = matter)
$$;
"""

DROP_VIEWS = """
DROP FUNCTION evenhand_new_matter(uuid); DROP VIEW access_sight; DROP VIEW access_my_power;
"""


def views() -> RunSQL:
    """The two views; a term of office begins and ends at midnight of the body's own zone."""
    return RunSQL(VIEWS.replace("{timezone}", settings.TIME_ZONE), DROP_VIEWS)


def sees(column: str) -> str:
    """The condition under which the present actor may see the matter in ``column``."""
    return (
        "((SELECT evenhand_system()) OR EXISTS "
        f"(SELECT 1 FROM access_sight s WHERE s.matter_id = {column}))"
    )


def protect(
    table: str, *, using: str, insert: str | None = None, commands: Sequence[str] = ("ALL",)
) -> Operation:
    """Enable row security on ``table`` (not FORCE: the owner's migrations and dumps need it).

    ``using`` is the condition to see and to change; ``insert``, where given, to add.
    """
    statements = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"]
    if insert is None:
        statements += [
            f"CREATE POLICY {table}_{c.lower()} ON {table} FOR {c} USING ({using});"
            for c in commands
        ]
    else:
        statements += [
            f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({using});",
            f"CREATE POLICY {table}_change ON {table} FOR UPDATE USING ({using});",
            f"CREATE POLICY {table}_remove ON {table} FOR DELETE USING ({using});",
            f"CREATE POLICY {table}_add ON {table} FOR INSERT WITH CHECK ({insert});",
        ]
    return RunSQL("\n".join(statements), f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")


def protect_matter(table: str, column: str = "matter_id") -> Operation:
    """Row security by the matter that a row belongs to."""
    return protect(table, using=sees(f"{table}.{column}"))


def only_grow(table: str) -> Operation:
    """The application may read and add, never change or remove."""
    role = settings.EVENHAND_APP_ROLE
    return RunSQL(
        f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{role}";',
        f'GRANT UPDATE, DELETE ON {table} TO "{role}";',
    )
