"""Every sentence that the code asks for is found, and a translation that does not fit is named."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from django.utils.translation import gettext_lazy

from evenhand.config import catalog

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
a = _("One sentence, "
      "in two parts")
b = ngettext("%(n)d day", "%(n)d days", n)
c = pgettext("a month", "May")
d = other("not a message")
"""
TEMPLATE = """
{% load i18n %}<p title="{% translate 'A title' %}">
    {% blocktranslate trimmed with name=who %}
        Hello, {{ name }}:
        100% sure
    {% endblocktranslate %}</p>
  {% blocktranslate count n=n %}{{ n }} file{% plural %}{{ n }} files{% endblocktranslate %}
{% translate "May" context "a month" as month %}{{ _("In a variable") }}
{{ x|default:_("As an argument") }}{# translate "not this" #}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "code.py").write_text(PYTHON)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_code.py").write_text("_('Only a test asks for this')")
    return tmp_path


def make(**translations: str) -> Catalog:
    made = Catalog(catalog.LOCALE)
    for message, said in translations.items():
        made.add(message, said)
    return made


def of(message: str | tuple[str, str], said: str | tuple[str, ...] = "") -> Catalog:
    made = Catalog(catalog.LOCALE)
    made.add(message, said)
    return made


def test_messages_of_code_and_templates_are_found(package: Path) -> None:
    found = {(m.context, m.id) for m in catalog.collect(package) if m.id}
    assert found == {
        (None, "One sentence, in two parts"),
        (None, ("%(n)d day", "%(n)d days")),
        ("a month", "May"),
        (None, "A title"),
        (None, "Hello, %(name)s: 100%% sure"),
        (None, ("%(n)s file", "%(n)s files")),
        (None, "In a variable"),
        (None, "As an argument"),
    }


def test_what_is_written_reads_the_same_and_is_written_the_same(
    package: Path, tmp_path: Path
) -> None:
    path = tmp_path / "locale" / "django.po"
    asked = catalog.collect(package)
    catalog.write(path, catalog.answer(asked, [of("A title", "标题")]))
    first = path.read_bytes()
    catalog.write(path, catalog.answer(asked, [catalog.read(path)]))
    assert path.read_bytes() == first
    assert catalog.read(path).get("A title").string == "标题"  # type: ignore[union-attr]
    assert b"#:" not in first


def test_of_several_translations_the_last_counts_and_an_empty_one_never() -> None:
    answered = catalog.answer(of("a"), [of("a", "first"), of("a", "second"), of("a", "")])
    assert answered.get("a").string == "second"  # type: ignore[union-attr]


def test_a_translation_that_nothing_asks_for_is_left_out_and_named() -> None:
    source = make(a="甲", b="乙")
    assert catalog.answer(of("a"), [source]).get("b") is None
    assert catalog.unasked(of("a"), source) == ["'b'"]


@pytest.mark.parametrize(
    ("message", "said", "fault"),
    [
        ("Hello", "", "not translated: 'Hello'"),
        ("%(n)s left", "剩余", "placeholders differ (lost ['%(n)s'], added []): '%(n)s left'"),
        ("{n} left", "剩余{m}", "placeholders differ (lost ['{n}'], added ['{m}']): '{n} left'"),
        (("one day", "%(n)d days"), ("天",), "placeholders differ (lost ['%(n)d'], added [])"),
    ],
)
def test_a_translation_that_does_not_fit_is_named(
    message: str | tuple[str, str], said: str | tuple[str, ...], fault: str
) -> None:
    (found,) = catalog.faults(of(message), of(message, said))
    assert found.startswith(fault)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("100%% of %(n)s", "%(n)s的100%%"),
        (("%(n)d day", "%(n)d days"), ("%(n)d天",)),
        (("one day", "%(n)d days"), ("%(n)d天",)),
    ],
)
def test_a_translation_that_fits_passes(
    message: str | tuple[str, str], said: str | tuple[str, ...]
) -> None:
    assert list(catalog.faults(of(message), of(message, said))) == []


def test_fuzzy_and_superfluous_ones_are_named() -> None:
    known = make(a="甲", b="乙")
    known.get("a").flags.add("fuzzy")  # type: ignore[union-attr]
    assert list(catalog.faults(of("a"), known)) == ["fuzzy: 'a'", "nothing asks for it: 'b'"]


def test_what_is_compiled_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "django.mo"
    catalog.compile_to(path, of("a", "甲"))
    assert "甲".encode() in path.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["django.mo"]
    assert str(gettext_lazy("a")) == "a"
