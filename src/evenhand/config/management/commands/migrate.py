"""``evenhand migrate``: as Django's, run as the owner, who then lets the other roles in."""

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connection

from evenhand.config import database

_SERVE = """
GRANT USAGE ON SCHEMA public TO "{app}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{app}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "{app}";
"""
_READ = """
GRANT USAGE ON SCHEMA public TO "{reader}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO "{reader}";
"""


class Command(DjangoMigrate):
    help = "Bring the database to this version, as its owner."

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_SERVE.format(app=settings.EVENHAND_APP_ROLE))
            if database.has_role("reader"):
                reader = database.connection("reader", settings.VAR).user
                cursor.execute(_READ.format(reader=reader))
        super().handle(*args, **options)
