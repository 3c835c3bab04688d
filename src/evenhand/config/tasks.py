"""Jobs of the house itself. Those of a kernel package or mechanism are in its ``tasks.py``."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

#: A worker that has sent no sign of life for so long is dead; it sends one every ten seconds.
SILENT_SECONDS = 60


@app.periodic(cron="*/3 * * * *")
@app.task(queueing_lock="rescue_stalled_jobs", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Queue again what a killed worker left half done: every task is idempotent."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await jobs.retry_job(job)
