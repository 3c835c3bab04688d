"""The worker's part: to publish what was reviewed, and to count."""

from procrastinate.contrib.django import app

from evenhand.base.clock import now

from . import actions, figures


@app.periodic(cron="*/5 * * * *")
@app.task(name="disclosure.publish", queueing_lock="disclosure.publish")
def publish(timestamp: int) -> None:
    """Publish what is due; ``timestamp`` is the beat, in seconds."""
    del timestamp  # what is due now counts, however late the beat comes
    while actions.publish_due(at=now()) == actions.BATCH:
        pass


@app.periodic(cron="17 * * * *")
@app.task(name="disclosure.compute_figures", queueing_lock="disclosure.compute_figures")
def compute_figures(timestamp: int) -> None:
    """Count the public figures anew."""
    del timestamp
    figures.compute(at=now())
