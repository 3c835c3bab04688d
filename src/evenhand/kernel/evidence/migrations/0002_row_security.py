from django.db import migrations

from evenhand.kernel.access.rowsecurity import protect, sees

_FOR_WHOM = """(SELECT evenhand_system()) OR EXISTS (
    SELECT 1 FROM access_sight s
    WHERE s.matter_id = evidence_file.matter_id
      AND (s.relation <> 'petitioner' OR evidence_file.open_to_petitioner))"""


class Migration(migrations.Migration):
    """Who sees the matter sees its files; its petitioner only those that are open to him."""

    dependencies = [("evidence", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        protect("evidence_file", using=_FOR_WHOM, insert=sees("evidence_file.matter_id")),
    ]
