"""Row security: the SQL that migrations run. One view decides; every policy asks it.

``access_sight`` lists the matters that the present actor may see, and by which relation. It
belongs to the owner, so that it reads involvements past their own policy (no recursion); it
is a security barrier, so that no condition of a query is tried on rows outside the sight.

Policies ask it in one of two ways, chosen by measurement (docs/adr/0003, bench/row_security):
row by row, which costs some microseconds a row and has no cliff, or, within
:func:`~.actor.reading_many`, all at once and hashed, which pays from about ten thousand rows.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation

from .actor import SEES_EVERYTHING

_SYSTEM = ", ".join(f"'{actor}'::uuid" for actor in SEES_EVERYTHING)

_APP = f'"{settings.EVENHAND_APP_ROLE}"'

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

-- The day, in the body's own zone, on which terms of office are judged.
CREATE FUNCTION evenhand_day() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(left(nullif(current_setting('evenhand.at', true), ''), 10)::date, current_date)
$$;

CREATE FUNCTION evenhand_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT evenhand_actor() IN ({_SYSTEM})
$$;

CREATE FUNCTION evenhand_many() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(current_setting('evenhand.many', true), '') = 'on'
$$;

CREATE FUNCTION evenhand_receipt() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT decode(nullif(current_setting('evenhand.receipt', true), ''), 'hex')
$$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION evenhand_receipt(); DROP FUNCTION evenhand_many(); DROP FUNCTION evenhand_system();
DROP FUNCTION evenhand_day(); DROP FUNCTION evenhand_actor();
"""

_IN_FORCE = "i.until IS NULL AND i.relation NOT IN ('concerned', 'former')"
_NOT_CONCERNED = "i.matter_id NOT IN (SELECT c.matter_id FROM access_my_stake c)"

# What is listed here is listed once in a query, not once a row; in functions of PL/pgSQL, which
# keep their plans, so that every query is not planned with the organisation's tables in it.
VIEWS = f"""
CREATE VIEW access_my_power AS
SELECT p.unit_id, power.name AS power, p.unit_id || ' ' || power.name AS both_in_one
FROM organisation_tenure t
JOIN organisation_post p ON p.id = t.post_id
CROSS JOIN LATERAL unnest(p.powers) AS power(name)
WHERE t.person_id = (SELECT evenhand_actor()) AND t.during @> (SELECT evenhand_day());

CREATE FUNCTION evenhand_my_units() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN RETURN ARRAY(SELECT unit_id FROM public.access_my_power); END $$;

CREATE FUNCTION evenhand_my_powers() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN RETURN ARRAY(SELECT both_in_one FROM public.access_my_power); END $$;

CREATE VIEW access_my_stake AS
SELECT c.matter_id
FROM access_involvement c
WHERE c.until IS NULL AND c.relation = 'concerned' AND c.person_id = (SELECT evenhand_actor());

CREATE VIEW access_sight_in_person WITH (security_barrier) AS
SELECT i.matter_id, i.relation, i.since
FROM access_involvement i
WHERE {_IN_FORCE} AND i.person_id = (SELECT evenhand_actor()) AND {_NOT_CONCERNED};

CREATE VIEW access_sight_by_power WITH (security_barrier) AS
SELECT i.matter_id, i.relation, i.since
FROM access_involvement i
WHERE {_IN_FORCE}
  AND i.unit_id = ANY ((SELECT evenhand_my_units())::uuid[])
  AND i.unit_id || ' ' || i.power = ANY ((SELECT evenhand_my_powers())::text[])
  AND {_NOT_CONCERNED};

-- Each part is a barrier of its own: the planner dissolves a UNION ALL, and its barrier with it.
CREATE VIEW access_sight WITH (security_barrier) AS
SELECT matter_id, relation, since FROM access_sight_in_person
UNION ALL
SELECT matter_id, relation, since FROM access_sight_by_power;

-- Its cost is made light of: where it is not asked, the planner would still shun every loop
-- over a protected table for it.
CREATE FUNCTION evenhand_my_matters() RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE COST 1 ROWS 1 AS $$
    SELECT s.matter_id FROM public.access_sight s
$$;

-- pg_temp stands last, or a temporary table of the same name would be asked instead.
CREATE FUNCTION evenhand_new_matter(matter uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT 1 FROM public.access_involvement WHERE matter_id = matter)
$$;

CREATE FUNCTION evenhand_concerns_me(matter uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.access_my_stake WHERE matter_id = matter)
$$;

-- Nobody is told what concerns him: only the sight itself is asked.
REVOKE ALL ON access_my_stake, access_sight_in_person, access_sight_by_power FROM {_APP};
REVOKE EXECUTE ON FUNCTION evenhand_new_matter(uuid), evenhand_concerns_me(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION evenhand_new_matter(uuid), evenhand_concerns_me(uuid) TO {_APP};
"""

DROP_VIEWS = """
DROP FUNCTION evenhand_concerns_me(uuid); DROP FUNCTION evenhand_new_matter(uuid);
DROP FUNCTION evenhand_my_matters();
DROP VIEW access_sight;
DROP VIEW access_sight_by_power; DROP VIEW access_sight_in_person;
DROP VIEW access_my_stake; DROP FUNCTION evenhand_my_powers();
DROP FUNCTION evenhand_my_units(); DROP VIEW access_my_power;
"""

#: The condition that only the system's own actors meet.
SYSTEM = "(SELECT evenhand_system())"
#: A condition that nobody meets.
NEVER = "false"


def sees(column: str) -> str:
    """The condition under which the present actor may see the matter in ``column``."""
    return (
        f"({SYSTEM} OR CASE WHEN (SELECT evenhand_many())"
        f" THEN {column} IN (SELECT evenhand_my_matters())"
        f" ELSE (SELECT true FROM access_sight s WHERE s.matter_id = {column} LIMIT 1) END)"
    )


def writes(column: str) -> str:
    """The condition under which he may add to it and change it: the audit only reads."""
    return (
        f"({SYSTEM} OR (SELECT true FROM access_sight s"
        f" WHERE s.matter_id = {column} AND s.relation <> 'auditing' LIMIT 1))"
    )


def owns(column: str) -> str:
    """The condition under which a row is the present actor's own."""
    return f"({SYSTEM} OR {column} = (SELECT evenhand_actor()))"


def not_concerned(column: str) -> str:
    """The condition under which the matter in ``column``, if any, does not concern the actor.

    For rows that are shown to somebody by name, whether or not he sees their matter.
    """
    return f"({column} IS NULL OR NOT evenhand_concerns_me({column}))"


def protect(
    table: str,
    *,
    using: str,
    insert: str | None = None,
    change: str | None = None,
    remove: str | None = None,
) -> Operation:
    """Enable row security on ``table`` (not FORCE: the owner's migrations and dumps need it).

    ``using`` is the condition to see a row; the others, to add, change and remove one, are the
    same where they are not given. :data:`NEVER` forbids.
    """
    policies = {
        "SELECT": f"USING ({using})",
        "INSERT": f"WITH CHECK ({insert or using})",
        "UPDATE": f"USING ({change or using}) WITH CHECK ({change or using})",
        "DELETE": f"USING ({remove or using})",
    }
    forward = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"]
    backward = [f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"]
    for command, condition in policies.items():
        name = f"{table}_{command.lower()}"
        forward.append(f"CREATE POLICY {name} ON {table} FOR {command} {condition};")
        backward.append(f"DROP POLICY {name} ON {table};")
    return RunSQL("\n".join(forward), "\n".join(backward))


def protect_matter(table: str, column: str = "matter_id") -> Operation:
    """Row security by the matter that a row belongs to."""
    where = f"{table}.{column}"
    write = writes(where)
    return protect(table, using=sees(where), insert=write, change=write, remove=write)


def only_grow(table: str) -> Operation:
    """The application may read and add, never change or remove."""
    return only_change(table, ())


def only_change(table: str, columns: Sequence[str]) -> Operation:
    """The application may read, add, and change ``columns``; nothing is ever removed."""
    forward = [f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {_APP};"]
    if columns:
        forward.append(f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO {_APP};")
    return RunSQL("\n".join(forward), f"GRANT UPDATE, DELETE ON {table} TO {_APP};")
