"""The address of a database, as environment, psycopg and Django write it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from evenhand.config.problem import DatabaseProblem


@dataclass(frozen=True)
class Connection:
    """Where one role connects; ``options`` are libpq's own, such as ``sslmode``."""

    user: str
    password: str
    host: str
    port: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, url: str, variable: str) -> "Connection":
        """Read the address in environment variable ``variable``.

        Raises :class:`DatabaseProblem` naming the variable, never the password.
        """
        try:
            found = {k: str(v) for k, v in conninfo_to_dict(url).items()}
        except psycopg.ProgrammingError:
            found = {}
        ports = found.get("port", "").replace(",", "")
        known = url.startswith(("postgres://", "postgresql://")) and found.get("dbname")
        if not known or (ports and not ports.isdecimal()):
            raise DatabaseProblem(
                f"{variable} is not a PostgreSQL address; write it as "
                "postgresql://USER:PASSWORD@HOST:PORT/NAME"
            )
        return cls(
            user=found.pop("user", ""),
            password=found.pop("password", ""),
            host=found.pop("host", ""),
            port=found.pop("port", ""),
            name=found.pop("dbname"),
            options=found,
        )

    def url(self, name: str | None = None) -> str:
        """As a URL; ``name`` replaces the database."""
        who = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        where = {"host": self.host, "port": self.port, **self.options}
        query = urlencode({k: v for k, v in where.items() if v}, quote_via=quote, safe="")
        return f"postgresql://{who}@/{quote(name or self.name, safe='')}?{query}"

    def django(self, *, pool: bool = False) -> dict[str, Any]:
        """As an entry of Django's ``DATABASES``; ``pool`` keeps connections open per process."""
        pooled = {"pool": {"min_size": 2, "max_size": 12, "timeout": 10}} if pool else {}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options) | pooled,
        }
