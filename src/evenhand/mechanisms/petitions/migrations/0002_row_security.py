from django.db import migrations

from evenhand.kernel.access.rowsecurity import NEVER, SYSTEM, protect, protect_matter, sees

_STANDS_AS = (
    "EXISTS (SELECT 1 FROM access_sight s"
    " WHERE s.matter_id = petitions_document.case_id AND s.relation NOT IN ({without}))"
)
READS_DRAFTS = f"({SYSTEM} OR {_STANDS_AS.format(without=repr('petitioner'))})"
WRITES = f"({SYSTEM} OR " + _STANDS_AS.format(without="'petitioner', 'auditing'") + ")"


class Migration(migrations.Migration):
    """A document that is not issued is a draft: staff alone see it, and staff alone write."""

    dependencies = [("petitions", "0001_initial"), ("cases", "0002_row_security")]
    operations = [
        protect_matter("petitions_petition", "case_id"),
        protect(
            "petitions_document",
            using=f"{sees('petitions_document.case_id')}"
            f" AND (petitions_document.issued_at IS NOT NULL OR {READS_DRAFTS})",
            insert=WRITES,
            change=WRITES,
            remove=NEVER,
        ),
    ]
