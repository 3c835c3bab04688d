"""The system check over every registered flow."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from evenhand.base import profile

from . import registry
from .check import problems


def flows_are_sound(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """One error for each problem of each flow that the profile runs."""
    del app_configs, options  # Django's signature; the flows are always checked
    loaded = profile.cached(settings.EVENHAND_PROFILE_FOLDER)
    return [
        Error(problem, id="evenhand.E001")
        for procedure in registry.every()
        if procedure.flow.key in loaded.flows.values()
        for problem in problems(procedure.flow, loaded)
    ]
