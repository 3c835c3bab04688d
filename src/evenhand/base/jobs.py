"""Queueing jobs in the transaction at hand, in the web and in the worker alike.

``task.defer`` uses whatever connection the application has: Django's in the web, but the
worker's own in the worker, where a job could start before the rows that it is about are
committed, or outlive their rollback. A job queued here exists if the transaction commits.
"""

from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import Task, configure_task
from procrastinate.types import JSONDict

_in_transaction = JobManager(DjangoConnector())


def defer(task: Task[Any, Any, Any], *jobs: JSONDict) -> None:
    """Queue one job of ``task`` for each set of arguments, in one statement."""
    if jobs:
        deferrer = configure_task(
            name=task.name,
            job_manager=_in_transaction,
            queue=task.queue,
            priority=task.priority,
            lock=task.lock,
            queueing_lock=task.queueing_lock,
        )
        deferrer.batch_defer(*jobs)
