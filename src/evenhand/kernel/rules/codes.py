"""What this app enters in the ledger."""

from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger.codes import Code, register

IMPORTED = Code(
    "rules.imported",
    _("“{title}” was loaded: {articles} articles, in force from {in_force_from}."),
    public=True,
)
RESTORED = Code(
    "rules.restored",
    _("An earlier text of “{title}” was loaded again and stands in place of the later one."),
    public=True,
)
NAMED = Code(
    "rules.named",
    _("“{title}” is cited by the key {key}."),
    public=True,
)


def register_all() -> None:
    register(IMPORTED, RESTORED, NAMED)
