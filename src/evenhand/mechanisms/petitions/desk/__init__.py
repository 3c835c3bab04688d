"""Petitions on the desk: the forms of their steps, the answer, and what comes in at the counter."""
