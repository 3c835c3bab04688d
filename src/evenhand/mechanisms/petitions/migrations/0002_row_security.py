from django.db import migrations

from evenhand.kernel.access.rowsecurity import protect, protect_matter, sees

STAFF = (
    "(SELECT evenhand_system()) OR EXISTS (SELECT 1 FROM access_sight s"
    " WHERE s.matter_id = petitions_document.case_id AND s.relation <> 'petitioner')"
)


class Migration(migrations.Migration):
    """A document that is not issued is a draft: staff alone see it."""

    dependencies = [("petitions", "0001_initial"), ("cases", "0002_row_security")]
    operations = [
        protect_matter("petitions_petition", "case_id"),
        protect(
            "petitions_document",
            using=f"{sees('petitions_document.case_id')}"
            f" AND (petitions_document.issued_at IS NOT NULL OR {STAFF})",
        ),
    ]
