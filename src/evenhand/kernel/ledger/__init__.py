"""Entries that only grow, and the openings that show what each committed to."""
