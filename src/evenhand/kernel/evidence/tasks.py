"""The worker's broom for files that no row claims."""

from procrastinate.contrib.django import app

from evenhand.base.clock import now

from . import actions


@app.periodic(cron="17 * * * *")
@app.task(name="evidence.sweep", queueing_lock="evidence.sweep")
def sweep(timestamp: int) -> None:
    """Clear away what was left behind; ``timestamp`` is the beat, in seconds."""
    del timestamp  # what lies there now counts, however late the beat comes
    actions.sweep(at=now())
