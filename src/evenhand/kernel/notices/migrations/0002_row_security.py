from django.db import migrations

from evenhand.kernel.access.rowsecurity import (
    NEVER,
    not_concerned,
    only_change,
    owns,
    protect,
    sees,
    writes,
)

_MATTER = "notices_notice.matter_id"
_OWN = f"({owns('notices_notice.recipient_id')} AND {not_concerned(_MATTER)})"


class Migration(migrations.Migration):
    """A notice is seen by whom it tells and by those who see its matter.

    Whoever may act in a matter may tell of it; what tells of no matter (an account, a
    password) is written by whoever acts. Its recipient alone, and the worker, change it.
    """

    dependencies = [("notices", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        protect(
            "notices_notice",
            using=f"{_OWN} OR {sees(_MATTER)}",
            insert=f"{_MATTER} IS NULL OR {writes(_MATTER)}",
            change=_OWN,
            remove=NEVER,
        ),
        only_change(
            "notices_notice",
            ["read_at", "sent_at", "attempts", "next_attempt_at", "failed_reason"],
        ),
    ]
