"""The registry of powers: what the holder of a post may be asked to do.

A power is a key in ``Post.powers``; a mechanism's own begin with its name
(``petitions.register``). Each is registered with its name when the apps are ready, so that a
misspelt one is refused at the import instead of leaving nobody able to act.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Leads the unit. Held through a leading post, it makes its holder the unit's head.
LEAD = "lead"
#: May be named as the one who handles a matter in the unit.
HANDLE = "handle"
#: Reads for the audit, and changes nothing.
AUDIT = "audit"


@dataclass(frozen=True)
class Power:
    """``name`` completes the sentence "may …"."""

    key: str
    name: str | Promise


#: What the kernel itself knows.
OWN = (
    Power(LEAD, _("lead the unit")),
    Power(HANDLE, _("handle matters")),
    Power(AUDIT, _("read for the audit")),
)

_powers: dict[str, Power] = {}


def register(*powers: Power) -> None:
    """Add powers; a key already taken by another name raises ``ValueError``."""
    for power in powers:
        if _powers.setdefault(power.key, power) != power:
            raise ValueError(f"power {power.key!r} is registered twice")


def every() -> tuple[Power, ...]:
    return tuple(_powers[key] for key in sorted(_powers))
