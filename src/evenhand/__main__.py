"""``python -m evenhand``."""

from evenhand.config.cli import main

main()
