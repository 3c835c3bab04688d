from django.db import migrations

from evenhand.kernel.access.rowsecurity import protect_matter


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial"), ("access", "0002_row_security")]
    operations = [protect_matter("obligations_obligation")]
