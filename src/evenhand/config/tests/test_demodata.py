"""The demo erases what it made, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from evenhand.config import database, demodata
from evenhand.config.demodata import Holds
from evenhand.config.problem import Problem

UNIT = "CREATE TABLE public.organisation_unit (id int)"


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, worker_id: str) -> Iterator[psycopg.Connection]:
    """The owner in an empty database of the test's own, which is meant from then on."""
    owner = database.connection("owner", settings.VAR)
    name = f"test_demodata_{worker_id}"
    with psycopg.connect(owner.url(), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        monkeypatch.setenv("DATABASE_URL", owner.url(name))
        monkeypatch.setenv("DATABASE_OWNER_URL", owner.url(name))
        with psycopg.connect(owner.url(name), autocommit=True) as inside:
            yield inside
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_an_empty_database_holds_nothing(own: psycopg.Connection, tmp_path: Path) -> None:
    assert demodata.holds(tmp_path) is Holds.NOTHING
    own.execute(UNIT)
    assert demodata.holds(tmp_path) is Holds.NOTHING


def test_what_the_demo_fills_is_marked(own: psycopg.Connection, tmp_path: Path) -> None:
    demodata.mark(tmp_path, complete=False)
    assert demodata.holds(tmp_path) is Holds.HALF_A_DEMO
    demodata.mark(tmp_path, complete=True)
    assert demodata.holds(tmp_path) is Holds.A_DEMO


def test_real_data_are_never_erased(own: psycopg.Connection, tmp_path: Path) -> None:
    own.execute(UNIT)
    own.execute("INSERT INTO public.organisation_unit VALUES (1)")
    assert demodata.holds(tmp_path) is Holds.SOMETHING_ELSE
    with pytest.raises(Problem, match="the demo did not make: it is not erased"):
        demodata.erase(tmp_path)


def test_a_demo_in_use_is_not_erased(own: psycopg.Connection, tmp_path: Path) -> None:
    demodata.mark(tmp_path, complete=True)
    with pytest.raises(Problem, match="in use; stop the demo"):
        demodata.erase(tmp_path)


def test_erasing_leaves_an_empty_database(own: psycopg.Connection, tmp_path: Path) -> None:
    own.execute(UNIT)
    own.execute("INSERT INTO public.organisation_unit VALUES (1)")
    demodata.mark(tmp_path, complete=True)
    own.close()
    (tmp_path / "evidence").mkdir()
    demodata.erase(tmp_path)
    assert demodata.holds(tmp_path) is Holds.NOTHING
    assert not (tmp_path / "evidence").exists()
