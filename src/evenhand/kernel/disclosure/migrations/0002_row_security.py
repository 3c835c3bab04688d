from django.db import migrations

from evenhand.kernel.access.rowsecurity import NEVER, SYSTEM, only_change, protect, sees, writes

_MATTER = "disclosure_publication.matter_id"
_CHANGED = [
    "unit_id",
    "language",
    "title",
    "body",
    "words",
    "proposed_by_id",
    "proposed_at",
    "returned_by_id",
    "returned_at",
    "return_reason",
    "reviewed_by_id",
    "reviewed_at",
    "published_at",
    "withdrawn_by_id",
    "withdrawn_at",
    "withdrawal_reason",
]

# The view belongs to the owner and so reads past row security: it is what everybody may see.
PUBLISHED = """
CREATE VIEW disclosure_published WITH (security_barrier) AS
SELECT id, mechanism, key, unit_id, language, words, published_at, withdrawn_at, withdrawal_reason,
       CASE WHEN withdrawn_at IS NULL THEN title ELSE '' END AS title,
       CASE WHEN withdrawn_at IS NULL THEN body ELSE '[]'::jsonb END AS body
FROM disclosure_publication
WHERE published_at IS NOT NULL;
"""

# What another person found fit to be read is what is read.
FINAL = """
CREATE FUNCTION disclosure_text_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'publication % was reviewed: its text is final', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosure_text_is_final';
END $$;

CREATE TRIGGER disclosure_text_is_final BEFORE UPDATE ON disclosure_publication
FOR EACH ROW WHEN (
    OLD.reviewed_at IS NOT NULL
    AND (OLD.title, OLD.body, OLD.language, OLD.proposed_by_id, OLD.reviewed_by_id, OLD.reviewed_at)
        IS DISTINCT FROM
        (NEW.title, NEW.body, NEW.language, NEW.proposed_by_id, NEW.reviewed_by_id, NEW.reviewed_at)
) EXECUTE FUNCTION disclosure_text_is_final();
"""
NOT_FINAL = """
DROP TRIGGER disclosure_text_is_final ON disclosure_publication;
DROP FUNCTION disclosure_text_is_final();
"""


class Migration(migrations.Migration):
    """The row is the matter's, its text everybody's once it is published. Figures are public;
    only the worker writes them."""

    dependencies = [("disclosure", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        protect(
            "disclosure_publication",
            using=sees(_MATTER),
            insert=writes(_MATTER),
            change=writes(_MATTER),
            remove=NEVER,
        ),
        only_change("disclosure_publication", _CHANGED),
        migrations.RunSQL(FINAL, NOT_FINAL),
        migrations.RunSQL(PUBLISHED, "DROP VIEW disclosure_published;"),
        protect("disclosure_figure", using="true", insert=SYSTEM, change=SYSTEM, remove=NEVER),
    ]
