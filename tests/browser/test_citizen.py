"""A citizen brings a matter and follows it: in both languages, on a phone, by keyboard alone,
without scripts."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import LANGUAGES, WIDTHS, Visit, check

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAYS = {
    "en": {
        "done": "We have your matter",
        "answers": "who answers for it until another has accepted it",
        "promise": "your matter is registered and sent to the unit in charge",
        "stands": "Received",
        "report": "Where your report belongs",
    },
    "zh-hans": {
        "done": "您的事项已收到",
        "answers": "在其他人受理之前一直由其负责",
        "promise": "登记您的事项并转送有权处理的单位",
        "stands": "已收到",
        "report": "检举控告应向哪里提出",
    },
}


def go_on(page: Page) -> None:
    page.locator("#main-form button[type=submit], #main-form button:not([type])").first.click()


def bring(page: Page, *, looked_at: bool = True) -> None:
    look = check if looked_at else (lambda page: None)
    look(page)
    page.locator("a[href='/bring/kind/']").click()
    page.locator("input[value=claim]").check()
    look(page)
    go_on(page)
    page.locator("[name=title]").fill("Street flooding at Willow Lane")
    page.locator("[name=body]").fill("Every time it rains it floods. Please mend the drain.")
    look(page)
    go_on(page)
    page.locator("input[value=anonymous]").check()
    look(page)
    go_on(page)
    page.locator("[name=agreed]").check()
    look(page)
    go_on(page)


def receipt(page: Page) -> tuple[str, str]:
    reference = page.locator(".ev-receipt__reference").inner_text()
    words = page.locator(".ev-receipt__words li").all_inner_texts()
    return reference, " ".join(words)


def follow(page: Page, reference: str, words: str) -> None:
    page.locator("[name=reference]").fill(reference)
    page.locator("[name=receipt]").fill(words)
    go_on(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_citizen_brings_a_matter_and_follows_it(visit: Visit, language: str, width: int) -> None:
    page, says = visit("/bring/", language=language, width=width), SAYS[language]
    bring(page)
    expect(page.locator("h1")).to_have_text(says["done"])
    expect(page.locator("main")).to_contain_text(says["answers"])
    check(page)
    later = visit("/follow/", language=language, width=width)
    check(later)
    follow(later, *receipt(page))
    expect(later.locator("h1")).to_have_text("Street flooding at Willow Lane")
    expect(later.locator(".ev-promise")).to_contain_text(says["promise"])
    expect(later.locator(".ev-timeline")).to_contain_text(says["stands"])
    check(later)


def test_it_works_without_scripts(visit: Visit) -> None:
    page = visit("/bring/", scripts=False)
    bring(page, looked_at=False)
    expect(page.locator("h1")).to_have_text("We have your matter")
    later = visit("/follow/", scripts=False)
    follow(later, *receipt(page))
    expect(later.locator("h1")).to_have_text("Street flooding at Willow Lane")


def tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} cannot be reached with the Tab key")


def test_it_works_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/bring/")
    tab_to(page, "a[href='/bring/kind/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bring/kind/")
    tab_to(page, "input[name=kind]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bring/matter/")
    tab_to(page, "[name=title]")
    page.keyboard.type("Street flooding at Willow Lane")
    tab_to(page, "[name=body]")
    page.keyboard.type("It floods. Please mend the drain.")
    tab_to(page, "#main-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bring/you/")
    tab_to(page, "input[name=naming]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bring/check/")
    tab_to(page, "[name=agreed]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("We have your matter")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_led_to_where_it_belongs(visit: Visit, language: str) -> None:
    page = visit("/bring/kind/", language=language)
    page.locator("input[value=report]").check()
    go_on(page)
    expect(page.locator("main")).to_contain_text(SAYS[language]["report"])
    check(page)


@pytest.mark.parametrize("path", ["/", "/how-matters-are-handled/", "/privacy/", "/nowhere/"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_other_public_pages_are_sound(visit: Visit, path: str, width: int) -> None:
    for language in LANGUAGES:
        check(visit(path, language=language, width=width))


def test_the_language_changes_without_losing_what_was_typed(visit: Visit) -> None:
    page = visit("/bring/matter/")
    page.locator("[name=title]").fill("Willow Lane")
    page.get_by_text("简体中文").click()
    expect(page.locator("[name=title]")).to_have_value("Willow Lane")
    expect(page.locator("h1")).to_contain_text("您的事项")
