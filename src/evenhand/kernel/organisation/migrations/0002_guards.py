from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations, models

# A range of one UUID lets an exclusion constraint compare for equality without an extension.
UUID_RANGE = "CREATE TYPE evenhand_uuid_range AS RANGE (subtype = uuid);"

# Only a unit with children can close a circle. The lock makes two moves at once wait for each
# other, so that the second sees the first; it is taken before the query that looks. The walk
# is over distinct units, so that a circle ends it; whoever meets its own start stands on one.
NO_CYCLE = """
CREATE FUNCTION organisation_refuse_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found varchar;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('organisation_unit'));
    WITH RECURSIVE above (start, unit) AS (
        SELECT fresh.id, fresh.parent_id FROM fresh
        WHERE fresh.parent_id IS NOT NULL
          AND EXISTS (SELECT 1 FROM organisation_unit child WHERE child.parent_id = fresh.id)
        UNION
        SELECT above.start, u.parent_id FROM above
        JOIN organisation_unit u ON u.id = above.unit
        WHERE u.parent_id IS NOT NULL AND above.unit <> above.start
    )
    SELECT u.code INTO found FROM above JOIN organisation_unit u ON u.id = above.start
    WHERE above.unit = above.start LIMIT 1;
    IF found IS NOT NULL THEN
        RAISE EXCEPTION 'unit % would stand below itself', found
            USING ERRCODE = 'check_violation', TABLE = 'organisation_unit',
                  CONSTRAINT = 'unit_tree_has_no_cycle';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER unit_tree_has_no_cycle_added AFTER INSERT ON organisation_unit
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION organisation_refuse_cycle();

CREATE TRIGGER unit_tree_has_no_cycle_changed AFTER UPDATE ON organisation_unit
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION organisation_refuse_cycle();
"""

DROP_NO_CYCLE = """
DROP TRIGGER unit_tree_has_no_cycle_added ON organisation_unit;
DROP TRIGGER unit_tree_has_no_cycle_changed ON organisation_unit;
DROP FUNCTION organisation_refuse_cycle();
"""


def just(field: str) -> models.Func:
    return models.Func(
        models.F(field), models.F(field), models.Value("[]"), function="evenhand_uuid_range"
    )


class Migration(migrations.Migration):
    """What must hold even against a bug: no cycle of units, no two seats of one person."""

    dependencies = [("organisation", "0001_initial")]
    operations = [
        migrations.RunSQL(UUID_RANGE, "DROP TYPE evenhand_uuid_range;"),
        migrations.AddConstraint(
            "membership",
            ExclusionConstraint(
                name="one_seat_in_a_body_at_a_time",
                expressions=[
                    (just("body"), RangeOperators.OVERLAPS),
                    (just("person"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ),
        migrations.RunSQL(NO_CYCLE, DROP_NO_CYCLE),
    ]
