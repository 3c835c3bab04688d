"""A job that a killed worker left half done is done after all."""

import asyncio
from typing import Any

from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from evenhand.config import tasks

LEFT = """
WITH dead AS (
    INSERT INTO procrastinate_workers (last_heartbeat)
    VALUES (now() - make_interval(secs => %s)) RETURNING id
)
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, queueing_lock, worker_id)
SELECT 'default', 'a_task', '{}', 'doing', 'once', id FROM dead
"""
WAITING = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, queueing_lock)
VALUES ('default', 'a_task', '{}', 'todo', 'once')
"""


def run(sql: str, *arguments: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)


def statuses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def rescue() -> None:
    async def work() -> None:
        connector = PsycopgConnector(kwargs=connector_params())
        with app.replace_connector(connector) as working:
            async with working.open_async():
                await tasks.rescue(working)

    asyncio.run(work())


def test_a_dead_workers_job_is_queued_again(committed: str) -> None:
    run(LEFT, 2 * tasks.SILENT_SECONDS)
    rescue()
    assert statuses() == ["todo"]


def test_a_living_workers_job_is_left_alone(committed: str) -> None:
    run(LEFT, 1)
    rescue()
    assert statuses() == ["doing"]


def test_a_job_that_is_queued_anew_already_is_given_up(committed: str) -> None:
    run(LEFT, 2 * tasks.SILENT_SECONDS)
    run(WAITING)
    rescue()
    assert statuses() == ["todo"]


def test_the_rescue_is_scheduled() -> None:
    scheduled = {
        entry.task.name: entry.cron for entry in app.periodic_registry.periodic_tasks.values()
    }
    assert scheduled["evenhand.config.tasks.rescue_stalled_jobs"] == "*/3 * * * *"
