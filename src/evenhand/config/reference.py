"""The pages of ``docs/reference``, made from what the code and the profiles say.

The same on every machine: nothing here depends on the active profile, the terminal or the day.
"""

import enum
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evenhand.base import profile
from evenhand.base.profile import Profile, ProfileProblem
from evenhand.config import commandhelp
from evenhand.config.environment import VARIABLES
from evenhand.kernel.access.models import Relation
from evenhand.kernel.cases import registry
from evenhand.kernel.cases.drawing import markdown
from evenhand.kernel.cases.flows import Flow
from evenhand.kernel.ledger import codes
from evenhand.kernel.organisation import powers
from evenhand.kernel.organisation.importing import report

_MARK = "<!-- Written by `evenhand docs write` from the code: do not edit. -->\n\n"


def pages(project: Path) -> dict[str, str]:
    """Each page's text by its path below ``docs/reference``. Call it with English active."""
    profiles = [
        profile.load(path.parent) for path in sorted(project.glob("profiles/*/profile.toml"))
    ]
    made = {
        "roles-and-powers.md": _roles(),
        "ledger-codes.md": _codes(),
        "environment.md": _environment(),
        "figures.md": _figures(profiles),
        "commands.md": commandhelp.page(),
        "organisation-files.md": _organisation_files(),
        "glossary.md": _glossary(project / "docs" / "glossary.toml"),
        "README.md": _index(),
    }
    made |= {f"flows/{flow.key}.md": markdown(flow, _its(flow, profiles)) for flow in _flows()}
    return {path: f"{_MARK}{text.rstrip()}\n" for path, text in made.items()}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table in Markdown, and an empty line after it."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"
    yield ""


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|") or "–"


def _flows() -> list[Flow]:
    """The newest version of each."""
    return list({p.flow.key: p.flow for p in registry.every()}.values())


def _its(flow: Flow, profiles: Iterable[Profile]) -> Profile:
    """The first profile that runs on the flow: of others its figures may be missing."""
    for each in profiles:
        if flow.key in each.flows.values():
            return each
    raise ProfileProblem(f"no profile runs {flow.key!r}; name it under [flows] in a profile.toml")


def _index() -> str:
    lines = ["# Reference", "", "What the code says of itself.", ""]
    lines += [f"- [{flow.title}, the procedure](flows/{flow.key}.md)" for flow in _flows()]
    lines += [
        "- [Roles and powers](roles-and-powers.md): who may do what",
        "- [Figures and articles](figures.md) of each profile",
        "- [Ledger codes](ledger-codes.md)",
        "- [Commands](commands.md)",
        "- [Environment variables](environment.md)",
        "- [Files of the organisation](organisation-files.md): the columns of the CSV files",
        "- [Glossary](glossary.md) in English and Chinese",
    ]
    return "\n".join(lines)


def _roles() -> str:
    lines = ["# Roles and powers", "", "## Powers", ""]
    lines += ["A post carries powers; whoever holds it may", ""]
    lines += table(("power", "may"), ((f"`{p.key}`", p.name) for p in powers.every()))
    lines += ["## Relations", "", "A person, or a power in a unit, stands to a matter as who", ""]
    lines += table(("relation", "who"), ((f"`{r.value}`", r.label) for r in Relation))
    for flow in _flows():
        lines += [f"## Roles in: {flow.title} (`{flow.key}`)", ""]
        lines += table(
            ("role", "is", "by the relation", "may take"), (_role(flow, m) for m in flow.roles)
        )
    return "\n".join(lines)


def _role(flow: Flow, member: enum.Enum) -> tuple[str, ...]:
    role = member.value
    steps = (f"*{step.name}*" for step in flow.steps if member in step.by)
    relations = ", ".join(f"`{relation.value}`" for relation in role.relations)
    return (role.name, str(role.label), relations, ", ".join(steps))


def _codes() -> str:
    lines = ["# Ledger codes", "", "What an entry in the ledger can say.", ""]
    rows = ((f"`{c.key}`", c.sentence, "yes" if c.public else "") for c in codes.every())
    return "\n".join([*lines, *table(("code", "sentence", "public"), rows)])


def _environment() -> str:
    lines = ["# Environment variables", ""]
    rows = ((f"`{v.name}`", v.meaning, v.default, v.needed) for v in VARIABLES)
    return "\n".join([*lines, *table(("variable", "meaning", "default", "must be set"), rows)])


def _figures(profiles: Iterable[Profile]) -> str:
    lines = ["# Figures and articles", ""]
    lines += [
        "`cd` calendar days, `wd` working days, `mo` months, `h` hours. *Local* is what the body",
        "has set itself where the law is silent; it is never shown as law.",
        "",
    ]
    for each in profiles:
        figures = ((f"`{f.key}`", f.value, f.citation, f.source) for f in each.figures.values())
        bases = ((f"`{key}`", citation) for key, citation in each.bases.items())
        names = ((f"`{i.key}`", i.title, i.name_en) for i in each.instruments)
        lines += [f"## Profile `{each.key}`: {each.names['en']}", "", "### Figures", ""]
        lines += table(("figure", "length", "article", "source"), figures)
        lines += ["### Articles on which steps rest", "", *table(("step", "article"), bases)]
        lines += ["### Instruments", "", *table(("key", "title", "in English"), names)]
    return "\n".join(lines)


def _organisation_files() -> str:
    lead = "What `evenhand organisation import` reads; `evenhand organisation columns` prints it."
    return "\n".join(["# Files of the organisation", "", lead, "", *report.columns()])


def _glossary(path: Path) -> str:
    lines = ["# Glossary", ""]
    lines += [
        "*Neutral*: the term of an institution outside the Chinese system, where it differs.",
        "",
    ]
    for topic in tomllib.loads(path.read_text("utf-8"))["topic"]:
        rows = ((t["en"], t["zh"], t.get("neutral", ""), t.get("note", "")) for t in topic["terms"])
        lines += [f"## {topic['name']}", "", *table(("English", "中文", "neutral", "note"), rows)]
    return "\n".join(lines)
