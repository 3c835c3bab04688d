"""What the ledger says of the organisation.

Public is that units come and go, and who is put in charge. Kin and interests are told to
nobody: their sentences name no one.
"""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.codes import Code

UNIT_FOUNDED = Code(
    "organisation.unit.founded", _("{unit} was founded with effect from {on}."), public=True
)
UNIT_RENAMED = Code("organisation.unit.renamed", _("{before} is now called {unit}."))
UNIT_MOVED = Code("organisation.unit.moved", _("{unit} now stands under {under}."))
UNIT_CLOSED = Code(
    "organisation.unit.closed", _("{unit} was closed with effect from {on}."), public=True
)
LEADER_APPOINTED = Code(
    "organisation.leader.appointed",
    _("{person} was appointed {post} of {unit} from {since}."),
    public=True,
)
APPOINTED = Code(
    "organisation.post.appointed", _("{person} was appointed {post} of {unit} from {since}.")
)
RELIEVED = Code(
    "organisation.post.relieved", _("{person} ceases to be {post} of {unit} on {until}.")
)
SEATED = Code("organisation.body.seated", _("{person} has a seat in {body} from {since}."))
UNSEATED = Code("organisation.body.unseated", _("{person} has no seat in {body} from {until}."))
KINSHIP_DECLARED = Code("organisation.kinship.declared", _("A kinship was declared."))
INTEREST_DECLARED = Code("organisation.interest.declared", _("An interest was declared."))
INTEREST_ENDED = Code("organisation.interest.ended", _("A declared interest ended."))
IMPORTED = Code(
    "organisation.imported", _("Units, posts and people were brought to the state of the files.")
)

EVERY = (
    UNIT_FOUNDED,
    UNIT_RENAMED,
    UNIT_MOVED,
    UNIT_CLOSED,
    LEADER_APPOINTED,
    APPOINTED,
    RELIEVED,
    SEATED,
    UNSEATED,
    KINSHIP_DECLARED,
    INTEREST_DECLARED,
    INTEREST_ENDED,
    IMPORTED,
)
