from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.ledger import codes
from evenhand.kernel.organisation import powers
from evenhand.kernel.organisation.powers import Power


class PetitionsConfig(AppConfig):
    name = "evenhand.mechanisms.petitions"
    label = "petitions"
    verbose_name = _("Letters and visits")

    def ready(self) -> None:
        # All of these need the models, which are ready only now.
        from evenhand.kernel.cases import registry  # noqa: PLC0415

        from . import actions, effects, flow, situation  # noqa: PLC0415

        powers.register(
            Power("petitions.register", _("register petitions and record what visitors bring")),
            Power("petitions.accept", _("take petitions in for the unit in charge")),
            Power("petitions.inspect", _("urge and advise as inspector of letters and visits")),
        )
        codes.register(codes.Code(actions.BROUGHT, _("A matter was brought.")))
        registry.register(
            registry.Procedure(
                flow=flow.FLOW, situate=situation.situate, effects=effects.effects
            )
        )
