from django.db import migrations

from evenhand.kernel.access.rowsecurity import (
    NEVER,
    SYSTEM,
    only_change,
    protect,
    sees,
    writes,
)

_MATTER = "evidence_file.matter_id"
_MORE_THAN_PETITIONER = f"""(SELECT true FROM access_sight s
    WHERE s.matter_id = {_MATTER} AND s.relation <> 'petitioner' LIMIT 1)"""


class Migration(migrations.Migration):
    """Who sees the matter sees its files; its petitioner only those that are open to him."""

    dependencies = [("evidence", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        protect(
            "evidence_file",
            using=f"{sees(_MATTER)} AND"
            f" (evidence_file.open_to_petitioner OR {SYSTEM} OR {_MORE_THAN_PETITIONER})",
            insert=writes(_MATTER),
            change=writes(_MATTER),
            remove=NEVER,
        ),
        only_change("evidence_file", ["withdrawn_at"]),
    ]
