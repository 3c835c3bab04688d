"""Strangers are not let in with secrets or names left as they are."""

import pytest
from pytest_django import Settings

from evenhand.config import production
from evenhand.config.problem import Problem


@pytest.fixture(autouse=True)
def chosen_well(settings: Settings) -> None:
    settings.SECRET_KEY = settings.EVENHAND_RECEIPT_KEY = "long and random " * 4
    settings.ALLOWED_HOSTS = ["evenhand.example"]


def test_what_is_chosen_well_passes() -> None:
    production.refuse_unsafe()


@pytest.mark.parametrize("name", ["SECRET_KEY", "EVENHAND_RECEIPT_KEY"])
@pytest.mark.parametrize("value", ["", "short"])
def test_a_missing_or_short_secret_is_refused(settings: Settings, name: str, value: str) -> None:
    setattr(settings, name, value)
    with pytest.raises(Problem, match=f"EVENHAND_{name.removeprefix('EVENHAND_')} is missing"):
        production.refuse_unsafe()


@pytest.mark.parametrize("hosts", [["localhost", "127.0.0.1"], ["*"], [""]])
def test_a_site_without_a_name_is_refused(settings: Settings, hosts: list[str]) -> None:
    settings.ALLOWED_HOSTS = hosts
    with pytest.raises(Problem, match="EVENHAND_HOSTS does not name the site"):
        production.refuse_unsafe()


@pytest.mark.django_db
def test_a_database_at_this_version_passes() -> None:
    production.refuse_unmigrated()


@pytest.mark.django_db
def test_a_database_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(production, "migrations_pending", lambda: True)
    with pytest.raises(Problem, match="run: evenhand migrate"):
        production.refuse_unmigrated()
