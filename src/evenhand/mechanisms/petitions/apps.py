from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from evenhand.base import audit as audits
from evenhand.kernel.ledger import codes
from evenhand.kernel.organisation import powers
from evenhand.kernel.organisation.powers import Power
from evenhand.web import home, menu
from evenhand.web.menu import MenuItem, Surface


class PetitionsConfig(AppConfig):
    name = "evenhand.mechanisms.petitions"
    label = "petitions"
    verbose_name = _("Letters and visits")

    def ready(self) -> None:
        # All of these need the models, which are ready only now.
        from evenhand.kernel.cases import registry  # noqa: PLC0415

        from . import actions, audit, effects, flow, handing, importing, publishing, situation  # noqa: PLC0415
        from .desk import surface  # noqa: PLC0415

        self._menus()
        powers.register(
            Power("petitions.register", _("register petitions and record what visitors bring")),
            Power("petitions.accept", _("take petitions in for the unit in charge")),
            Power("petitions.inspect", _("urge and advise as inspector of letters and visits")),
        )
        codes.register(
            codes.Code(actions.BROUGHT, _("A matter was brought.")),
            codes.Code(importing.IMPORTED, _("A matter was taken over from an earlier register.")),
        )
        registry.register(
            registry.Procedure(
                flow=flow.FLOW,
                situate=situation.situate,
                effects=effects.effects,
                pass_on=handing.pass_on,
            )
        )
        surface.register()
        publishing.register()
        audits.register(*audit.INVARIANTS)

    def _menus(self) -> None:
        for surface, key, label, url, order in (
            (Surface.PUBLIC, "petitions.bring", _("Bring a matter"), "petitions:start", 10),
            (Surface.PUBLIC, "petitions.follow", _("Follow"), "petitions:follow", 20),
            (
                Surface.FOOTER,
                "petitions.handled",
                _("How matters are handled"),
                "petitions:handled",
                10,
            ),
            (Surface.FOOTER, "petitions.privacy", _("Privacy"), "petitions:privacy", 20),
        ):
            menu.register(
                MenuItem(surface=surface, key=key, label=label, url_name=url, order=order)
            )
        home.register(
            home.Card(
                title=_("Complain, claim or suggest"),
                text=_(
                    "By name or anonymously. You get a receipt at once, "
                    "and a person who answers for it."
                ),
                url_name="petitions:start",
                order=10,
            ),
            home.Card(
                title=_("Follow my matter"),
                text=_("See where it stands, what is promised next, and add to it."),
                url_name="petitions:follow",
                order=20,
            ),
            home.Card(
                title=_("How matters are handled"),
                text=_("Each step, who takes it, by when, and the article behind it."),
                url_name="petitions:handled",
                order=30,
            ),
        )
