"""The translations: what the code asks for, what the catalogue answers, whether they fit.

The catalogue is one ``django.po`` for Simplified Chinese. It is written sorted and without
places or dates, so that a change of a sentence is a change of that sentence only.
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LOCALE = "zh_Hans"
_HEADER = """\
# Simplified Chinese. Written by: evenhand messages extract
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_LITERAL = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(
    rf"\s(_|n?p?gettext)\({_LITERAL}(?:,\s*{_LITERAL})?(?:,\s*{_LITERAL})?(?:,\s*count)?\)\s"
)
_PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]|%[sdrf]|\{\w*\}")
_TEMPLATES = {".html", ".txt", ".svg", ".xml"}


def collect(package: Path) -> Catalog:
    """Every message that Python files and templates under ``package`` ask for, tests aside."""
    asked = Catalog(LOCALE, charset="utf-8")
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if "tests" in parts or "migrations" in parts or "node_modules" in parts:
            continue
        if path.suffix == ".py":
            _collect_python(path, asked)
        elif path.suffix in _TEMPLATES and "templates" in parts:
            _collect_template(path, asked)
    return asked


def _collect_python(path: Path, asked: Catalog) -> None:
    for _line, message, _comments, context in extract_from_file("python", path, _KEYWORDS):
        asked.add(message, context=context)


def _collect_template(path: Path, asked: Catalog) -> None:
    source = templatize(path.read_text("utf-8"), origin=str(path))
    for call in _CALL.finditer(f" {source} "):
        function, *literals = call.groups()
        texts = [ast.literal_eval(literal) for literal in literals if literal]
        context = texts.pop(0) if "p" in function else None
        asked.add(tuple(texts) if function.startswith("n") else texts[0], context=context)


def read(path: Path) -> Catalog:
    """The catalogue in ``path``; an empty one if there is none."""
    if not path.exists():
        return Catalog(LOCALE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, charset="utf-8")


def answer(asked: Catalog, sources: Iterable[Catalog]) -> Catalog:
    """What is asked, with the translations of ``sources``; of several, the last counts."""
    answered = Catalog(LOCALE, charset="utf-8")
    known = list(sources)
    for message in _messages(asked):
        found = [m for s in known if (m := s.get(message.id, message.context)) and _said(m)]
        said = _said(found[-1]) if found else ""
        answered.add(message.id, (said,) if message.pluralizable else said, context=message.context)
    return answered


def unasked(asked: Catalog, source: Catalog) -> list[str]:
    """Messages that ``source`` translates and nothing asks for."""
    return [
        _name(m) for m in _messages(source) if not asked.get(m.id, m.context) or _shape(m, asked)
    ]


def _shape(message: Message, asked: Catalog) -> bool:
    """Whether what is asked has another plural than ``message``."""
    found = asked.get(message.id, message.context)
    return bool(found and found.id != message.id)


def write(path: Path, catalog: Catalog) -> None:
    """Write ``catalog`` to ``path``; what is made is the same on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, catalog, width=100, no_location=True, omit_header=True, sort_output=True)


def compile_to(path: Path, catalog: Catalog) -> None:
    """Write ``catalog`` in the form that is read at run time, in one stroke."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, catalog)
    draft.replace(path)


def faults(asked: Catalog, catalog: Catalog) -> Iterator[str]:
    """What is wrong with ``catalog``, one line each."""
    for message in _messages(asked):
        found = catalog.get(message.id, message.context)
        if found is None or not _said(found):
            yield f"not translated: {_name(message)}"
        elif found.fuzzy:
            yield f"fuzzy: {_name(message)}"
        elif found.id != message.id:
            yield f"another plural in the code: {_name(message)}"
        elif problem := _misfit(message, _said(found)):
            yield f"{problem}: {_name(message)}"
    for name in [*unasked(asked, catalog), *map(str, catalog.obsolete)]:
        yield f"nothing asks for it: {name}"


def _misfit(message: Message, said: str) -> str:
    """Placeholders that one language has and the other has not.

    Chinese has one form; it must carry what the English plural carries.
    """
    original = message.id if isinstance(message.id, str) else message.id[-1]
    theirs, ours = _placeholders(original), _placeholders(said)
    if theirs == ours:
        return ""
    return f"placeholders differ (lost {sorted(theirs - ours)}, added {sorted(ours - theirs)})"


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text)) - {"%%"}


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _said(message: Message) -> str:
    string = message.string
    return str(string if isinstance(string, str) else next(iter(string or ()), ""))


def _name(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"{text!r}" + (f" (context {message.context!r})" if message.context else "")
