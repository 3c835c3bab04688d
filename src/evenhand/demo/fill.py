"""Fills an empty database with the invented county."""

from collections.abc import Callable


def fill(progress: Callable[[str], None]) -> None:
    """Make units, staff and petitions; ``progress`` is told in words what is being made."""
    progress("the county is empty so far")
