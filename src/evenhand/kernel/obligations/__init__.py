"""The one table of what falls due, and the one sweep over it."""
