"""Jobs of the house itself. Those of a kernel package or mechanism are in its ``tasks.py``."""

from procrastinate import App, JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

#: A worker that has sent no sign of life for so long is dead; it sends one every ten seconds.
SILENT_SECONDS = 60


@app.periodic(cron="*/3 * * * *")
@app.task(queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again what a killed worker left half done: every task is idempotent."""
    await rescue(context.app)


async def rescue(open_app: App) -> None:
    """As :func:`rescue_stalled_jobs`, with an app whose connector is open."""
    jobs = open_app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            # The same is queued anew by now.
            await jobs.finish_job(job, Status.FAILED, delete_job=True)
