"""What goes wrong at the first steps, said in one line instead of a traceback."""


class Problem(Exception):
    """One line: what is wrong, and what to do. The command ends with exit code 1."""
