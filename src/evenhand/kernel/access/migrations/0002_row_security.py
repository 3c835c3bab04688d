from django.db import migrations

from evenhand.kernel.access import rowsecurity
from evenhand.kernel.access.rowsecurity import (
    NEVER,
    SYSTEM,
    only_change,
    only_grow,
    owns,
    protect,
    sees,
    writes,
)

INVOLVED = "access_involvement.matter_id"
RECEIPTS = "access_receipt.matter_id"
OPENED = "ledger_opening.matter_id"
READ = "access_reading.matter_id"
#: Whoever writes an entry cannot choose when it was recorded.
RECORDED_NOW = """
CREATE FUNCTION ledger_recorded_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.recorded_at := clock_timestamp(); RETURN NEW; END $$;
CREATE TRIGGER ledger_recorded_now BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_recorded_now();
"""
DROP_RECORDED_NOW = """
DROP TRIGGER ledger_recorded_now ON ledger_entry; DROP FUNCTION ledger_recorded_now();
"""
_draft = owns("access_draft.owner_id")
_served = owns("access_idempotency.owner_id")


class Migration(migrations.Migration):
    """From the first day: what can betray a matter is shown to those alone who may see it."""

    dependencies = [
        ("access", "0001_initial"),
        ("ledger", "0001_initial"),
        ("organisation", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(rowsecurity.FUNCTIONS, rowsecurity.DROP_FUNCTIONS),
        migrations.RunSQL(rowsecurity.VIEWS, rowsecurity.DROP_VIEWS),
        # The first involvements make a matter.
        protect(
            "access_involvement",
            using=sees(INVOLVED),
            insert=f"{writes(INVOLVED)} OR evenhand_new_matter({INVOLVED})",
            change=writes(INVOLVED),
            remove=NEVER,
        ),
        only_change("access_involvement", ["until"]),
        # Presenting the words shows the receipt, and changes nothing.
        protect(
            "access_receipt",
            using=f"access_receipt.secret_hash = (SELECT evenhand_receipt()) OR {writes(RECEIPTS)}",
            insert=writes(RECEIPTS),
            change=writes(RECEIPTS),
            remove=NEVER,
        ),
        only_change("access_receipt", ["revoked_at"]),
        protect("access_reading", using=sees(READ), insert=sees(READ), change=NEVER, remove=NEVER),
        only_grow("access_reading"),
        # Written outside the refused request's transaction, in which nobody acts any more.
        protect("access_denial", using=SYSTEM, insert="true", change=NEVER, remove=NEVER),
        only_grow("access_denial"),
        protect("access_draft", using=_draft),
        protect("access_idempotency", using=_served, insert=_served, change=NEVER, remove=SYSTEM),
        # What belongs to no matter may still tell who is whose kin: the system's own alone read it.
        protect(
            "ledger_opening",
            using=f"({OPENED} IS NULL AND {SYSTEM}) OR {sees(OPENED)}",
            insert=f"{OPENED} IS NULL OR {sees(OPENED)}",
            change=NEVER,
            remove=SYSTEM,
        ),
        only_grow("ledger_entry"),
        migrations.RunSQL(RECORDED_NOW, DROP_RECORDED_NOW),
        only_grow("ledger_pending"),
    ]
