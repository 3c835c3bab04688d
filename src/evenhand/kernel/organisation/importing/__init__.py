"""Bringing units, posts and people to the state that CSV files describe.

:mod:`.cells` reads one cell, :mod:`.sheets` says which columns there are, :mod:`.reading` turns
a file into lines, :mod:`.plan` compares them with what stands, :mod:`.checks` looks at what
would stand afterwards, :mod:`.writing` writes it, :mod:`.report` shows it. Nothing is removed:
what is not in a file is listed, and stays.
"""
