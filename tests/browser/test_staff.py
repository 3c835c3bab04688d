"""A clerk records what a visitor brings; it is registered, accepted, answered, approved and
served, each step by the one whose step it is, on the pages that they use."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from evenhand.base.clock import now
from evenhand.kernel.access.models import Account
from evenhand.kernel.organisation.models import Person

from .conftest import PASSWORD, WIDTHS, Site, Visit, check
from .test_citizen import follow, receipt

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANSWER = {
    "claim": "Pay the wages of June.",
    "facts": "The wages of June were not paid, as the books of the works show.",
    "reasons": "The works pay by Friday; the bureau looks again on Monday.",
    "legal_basis": "Labour Law, art. 50",
    "remedies": "You may ask the county for a review within 30 days.",
}


@pytest.fixture
def desk(visit: Visit, account: Callable[[Person], Account]) -> Callable[..., Page]:
    """Sign a person in on the page that they sign in on."""

    def desk(person: Person, *, language: str = "en", width: int = 1200) -> Page:
        if not Account.objects.filter(person=person).exists():
            account(person)
        page = visit("/desk/", language=language, width=width)
        page.locator("[name=login]").fill(f"{person.staff_number.lower()}@nanzhi.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit], main form .govuk-button").first.click()
        page.wait_for_url("**/desk/")
        return page

    return desk


def send(page: Page) -> None:
    page.locator("#main-form .govuk-button").first.click()


def yesterday() -> tuple[str, str, str]:
    day = (now() - timedelta(days=1)).astimezone(ZoneInfo(settings.TIME_ZONE))
    return str(day.day), str(day.month), str(day.year)


def date_in(page: Page, name: str, parts: tuple[str, str, str]) -> None:
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        page.locator(f"[name={name}_{part}]").fill(value)


def record(page: Page, site: Site) -> tuple[str, str]:
    """What a visitor brought yesterday; returns the receipt that is handed over."""
    page.goto(f"{site.address}/desk/record/")
    page.locator("input[name=channel][value=visit]").check()
    date_in(page, "received_on", yesterday())
    page.locator("input[name=kind][value=claim]").check()
    page.locator("[name=title]").fill("Wages unpaid at the quay works")
    page.locator("[name=body]").fill("The wages of June were not paid. Please see to it.")
    page.locator("input[name=naming][value=anonymous]").check()
    page.locator("input[name=language][value=en]").check()
    check(page)
    send(page)
    return receipt(page)


def case(page: Page, site: Site, reference: str, step: str = "") -> Page:
    page.goto(f"{site.address}/desk/cases/{reference}/{step}")
    check(page)
    return page


def test_a_matter_goes_from_the_counter_to_the_served_answer(
    site: Site, desk: Callable[..., Page], visit: Visit
) -> None:
    people = site.cast
    clerk = desk(people.registrar)
    reference, words = record(clerk, site)

    case(clerk, site, reference, "register/").locator("input[name=kind][value=claim]").check()
    clerk.locator("[name=unit]").fill(people.water.name_en)
    send(clerk)
    expect(clerk.locator("main")).to_contain_text("Registered and sent to the unit in charge")

    unit = case(desk(people.water_clerk), site, reference, "accept/")
    unit.locator("[name=handler]").select_option(str(people.wen.id))
    send(unit)
    expect(unit.locator("main")).to_contain_text("Being handled")

    handler = desk(people.wen)
    expect(handler.locator("main")).to_contain_text("Wages unpaid at the quay works")
    check(handler)
    case(handler, site, reference, "answer/")
    for part, text in ANSWER.items():
        handler.locator(f"[name={part}]").fill(text)
    handler.locator("input[name=result][value=supported]").check()
    handler.locator("button[value=propose]").click()
    expect(handler.locator("main")).to_contain_text("The answer is handed in for approval.")

    head = case(desk(people.water_head), site, reference, "approve/")
    expect(head.locator("main")).to_contain_text(ANSWER["facts"])
    send(head)
    expect(head.locator("main")).to_contain_text("Done")

    case(handler, site, reference, "serve/")
    handler.locator("input[name=manner][value=in_person]").check()
    today = now().astimezone(ZoneInfo(settings.TIME_ZONE))
    date_in(handler, "served_on", (str(today.day), str(today.month), str(today.year)))
    send(handler)
    expect(handler.locator("main")).to_contain_text("Done")

    citizen = visit("/follow/")
    follow(citizen, reference, words)
    expect(citizen.locator(".ev-promise")).to_contain_text("until then you may ask for a review")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_desk_is_sound_in_chinese_on_every_screen(
    site: Site, desk: Callable[..., Page], width: int
) -> None:
    page = desk(site.cast.registrar, language="zh-hans", width=width)
    expect(page.locator("h1")).to_have_text("我的待办")
    for path in ("/desk/", "/desk/cases/", "/desk/record/", "/desk/find/", "/desk/notices/"):
        page.goto(site.address + path)
        check(page)


def test_whoever_has_a_stake_finds_nothing(site: Site, desk: Callable[..., Page]) -> None:
    clerk = desk(site.cast.registrar)
    reference, _words = record(clerk, site)
    case(clerk, site, reference, "register/").locator("input[name=kind][value=claim]").check()
    clerk.locator("[name=unit]").fill(site.cast.water.name_en)
    clerk.locator("[name=about_people]").fill(site.cast.water_clerk.staff_number)
    send(clerk)
    expect(clerk.locator("main")).to_contain_text("Registered and sent to the unit in charge")
    concerned = desk(site.cast.water_clerk)
    answer = concerned.goto(f"{site.address}/desk/cases/{reference}/")
    assert answer is not None
    assert answer.status == 404
