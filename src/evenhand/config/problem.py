"""What goes wrong at the first steps, said in one line instead of a traceback."""


class Problem(Exception):
    """One line: what is wrong, and what to do. The command ends with exit code 1."""


class DatabaseProblem(Problem):
    """One line that says what is wrong with the database and what to do."""
