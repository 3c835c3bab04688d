"""Taking over petitions from an earlier register, out of a CSV file.

What was decided, and why:

- **One row is one matter, once.** Its key is derived from the register's own number where a
  column holds one, else from all cells of the row: importing the same file again brings
  nothing new, whatever happened here meanwhile. An import is no synchronisation: what is here
  already is left as it is.
- **Old dates start no false breaches.** A matter that is still open keeps the day on which it
  was received. Its term is counted from there while that term still runs; one that would have
  run out already is counted from the import, because nobody here had promised anything before.
  It is not waived: whoever still waits gets a date that binds. The obligation says from when
  it was counted, the case how long the matter has really been waiting.
- **A closed matter starts no clock.** It enters as closed, by its own ledger entry, without any
  step of ours: what was done elsewhere is not made up here. Neither is a reply: closed without
  one are only matters whose channel says that they come from an earlier register.
- **Somebody answers for each** from the moment of the import: the registrar on duty. No receipt
  is issued, for nobody is there to take it.
- Good rows go in, bad rows are listed with row and column and can be mended and imported again.
"""

from .writing import IMPORTED

__all__ = ["IMPORTED"]
