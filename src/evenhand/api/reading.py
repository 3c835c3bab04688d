"""From the bytes of a request to values, with a plain sentence for each thing that is wrong."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from ninja import parser, renderers

from evenhand.base import text
from evenhand.web.api import Refusal

JSON = "application/json"
#: Twice what the longest matter needs when every character of it is escaped.
MOST_BYTES = 500_000


class Parser(parser.Parser):
    """JSON in UTF-8 and nothing else."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != JSON:
            message = _("Send the header “Content-Type: application/json” and a body in JSON.")
            raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_media_type", message)
        if len(request.body) > MOST_BYTES:
            raise too_large()
        return _parse(_decode(request.body))


class Renderer(renderers.JSONRenderer):
    """Chinese stays readable."""

    json_dumps_params = {"ensure_ascii": False}


def too_large() -> Refusal:
    message = _("The request is larger than %(most)d kB. Shorten the text, or bring it in person.")
    most = {"most": MOST_BYTES // 1000}
    return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", message % most)


def _decode(raw: bytes) -> str:
    try:
        return text.decode(raw)
    except text.UnreadableText:
        message = _("The body is not in UTF-8. Write it in UTF-8 and send it again.")
        raise Refusal(HTTPStatus.BAD_REQUEST, "not_utf8", message) from None


def _parse(content: str) -> Any:
    try:
        found = json.loads(content, parse_constant=_no_constant)
        # Half a character, which JSON can write as an escape and nothing can keep.
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        message = _("The body is not JSON: it goes wrong in line %(line)d, column %(column)d.")
        place = {"line": error.lineno, "column": error.colno}
        raise Refusal(HTTPStatus.BAD_REQUEST, "not_json", message % place) from None
    except UnicodeEncodeError:
        message = _("A text holds half a character (a lone surrogate). Leave it out.")
        raise Refusal(HTTPStatus.BAD_REQUEST, "half_character", message) from None
    except (ValueError, RecursionError):
        message = _("The body cannot be read: it is nested too deeply, or a number is none.")
        raise Refusal(HTTPStatus.BAD_REQUEST, "not_json", message) from None
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


#: By the validator's own names of what is wrong.
_SENTENCES: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("This must be given."),
    "string_type": gettext_lazy("Write this as a text, in quotation marks."),
    "string_pattern_mismatch": gettext_lazy(
        "Leave out control characters and whatever else does not belong here."
    ),
    "extra_forbidden": gettext_lazy("There is no such field. Leave it out, or check its name."),
}
_OBJECT = gettext_lazy("Send one JSON object here: { … }.")
_OTHER = gettext_lazy("This cannot be taken as it is; /api/v1/openapi.json says what is wanted.")


def wrong_fields(errors: Iterable[Mapping[str, Any]]) -> Refusal:
    """Every field that is wrong, with the first thing that is wrong with it."""
    fields: dict[str, str] = {}
    for error in errors:
        fields.setdefault(_path(error["loc"]), _sentence(error))
    whole = fields.pop("", "")
    message = whole or _("Some of what was sent cannot be taken. Mend the fields named here.")
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", message, fields)


def _path(location: tuple[str | int, ...]) -> str:
    """Where it is; empty for the body as a whole. A body's own place is left away: the first
    part says that it is the body, the second what the code calls it."""
    source, *inside = location
    return ".".join(str(part) for part in (inside[1:] if source == "body" else inside))


def _sentence(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            most: int = context["max_length"]
            words = ngettext(
                "Keep this to %(n)d character.", "Keep this to %(n)d characters.", most
            )
            return words % {"n": most}
        case "string_too_short":
            least: int = context["min_length"]
            words = ngettext(
                "Write something here.", "Write at least %(n)d characters here.", least
            )
            return words % {"n": least}
        case "literal_error" | "enum":
            known = str(context["expected"]).replace(" or ", ", ")
            return _("Write one of these: %(known)s.") % {"known": known}
        case "missing" if len(error["loc"]) == 2 and error["loc"][0] == "body":
            return str(_OBJECT)
        case "model_type" | "model_attributes_type" | "dict_type":
            return str(_OBJECT)
        case other:
            return str(_SENTENCES.get(other, _OTHER))
