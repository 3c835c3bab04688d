"""Why the organisation refuses a change. The message is for the person who asked."""


class OrganisationProblem(Exception):
    """A change that was refused; nothing of it was written."""


class CodeTaken(OrganisationProblem):
    """Another unit has this code."""


class WouldBeCycle(OrganisationProblem):
    """A unit would stand below itself."""


class UnitClosed(OrganisationProblem):
    """The unit is closed, or will be before the time asked for ends."""


class StillInUse(OrganisationProblem):
    """A unit with open parts, or with people in office, cannot be closed."""


class PostTaken(OrganisationProblem):
    """Somebody holds the post in that time."""


class SeatTaken(OrganisationProblem):
    """The person has a seat in that body in that time."""


class AlreadyDeclared(OrganisationProblem):
    """The same kinship or interest was declared before."""


class WrongDate(OrganisationProblem):
    """A day that lies outside the time which it should begin or end."""
