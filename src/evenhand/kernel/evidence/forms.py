"""A form's field for several files, with the limits told in words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import kinds, limits


class FilesInput(forms.FileInput):
    """Chooses any number of files; the browser offers those that are taken in first."""

    allow_multiple_selected = True

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"accept": ",".join(kinds.EXTENSIONS), **(attrs or {})})


class FilesField(forms.Field):
    """Any number of files within the limits; cleans to a list, empty when none was chosen."""

    widget = FilesInput
    default_error_messages = {"required": _("Choose at least one file.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Files"))
        kwargs.setdefault("help_text", limits.IN_WORDS)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[limits.Upload]:
        uploads: list[limits.Upload] = super().clean(list(value or []))
        try:
            limits.check(uploads)
        except limits.RefusedFile as refused:
            raise ValidationError(refused.sentence, code=refused.reason) from None
        return uploads


class FilesMixin(forms.Form):
    """For a form to which files may be added: its field ``attachments``."""

    attachments = FilesField(required=False)
