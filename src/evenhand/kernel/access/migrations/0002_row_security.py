from django.db import migrations

from evenhand.kernel.access import rowsecurity
from evenhand.kernel.access.rowsecurity import only_grow, protect, protect_matter, sees

OWN = "{table}.owner_id = (SELECT evenhand_actor()) OR (SELECT evenhand_system())"


class Migration(migrations.Migration):
    """From the first day: what can betray a matter is shown to those alone who may see it."""

    dependencies = [
        ("access", "0001_initial"),
        ("ledger", "0001_initial"),
        ("organisation", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(rowsecurity.FUNCTIONS, rowsecurity.DROP_FUNCTIONS),
        rowsecurity.views(),
        protect(
            "access_involvement",
            using=sees("access_involvement.matter_id"),
            insert=f"{sees('access_involvement.matter_id')}"
            " OR evenhand_new_matter(access_involvement.matter_id)",
        ),
        protect(
            "access_receipt",
            using="access_receipt.secret_hash = (SELECT evenhand_receipt())"
            f" OR {sees('access_receipt.matter_id')}",
        ),
        protect_matter("access_reading"),
        protect("access_draft", using=OWN.format(table="access_draft")),
        protect("access_idempotency", using=OWN.format(table="access_idempotency")),
        protect(
            "ledger_opening",
            using=f"ledger_opening.matter_id IS NULL OR {sees('ledger_opening.matter_id')}",
        ),
        only_grow("ledger_entry"),
        only_grow("ledger_pending"),
        only_grow("access_reading"),
        only_grow("access_denial"),
    ]
