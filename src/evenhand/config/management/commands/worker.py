"""``evenhand worker``: carries out the jobs that web and clock queue."""

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from evenhand.config import production

_GRACE_SECONDS = 10


class Command(BaseCommand):
    help = "Carry out jobs (sweep, mail, publications) until stopped with Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at once")
        parser.add_argument("--once", action="store_true", help="end when no job is waiting")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            production.refuse_unsafe()
            production.refuse_unmigrated()
        asyncio.run(_work(options["concurrency"], wait=not options["once"]))


async def _work(concurrency: int, *, wait: bool) -> None:
    with app.replace_connector(PsycopgConnector(kwargs=connector_params())):
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                shutdown_graceful_timeout=_GRACE_SECONDS,
                delete_jobs="successful",
            )
