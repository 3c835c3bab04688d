from django.db import migrations

from evenhand.kernel.access.rowsecurity import protect_matter


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0002_row_security")]
    operations = [
        protect_matter("cases_case", "id"),
        protect_matter("cases_party", "case_id"),
        protect_matter("cases_message", "case_id"),
    ]
