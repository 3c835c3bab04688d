"""The seal that a profile may choose, and what is refused with file and key."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from evenhand.base.profile import ProfileProblem, Seal, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile of one's own, without a seal."""
    copy = tmp_path / "own"
    shutil.copytree(settings.EVENHAND_PROFILE_FOLDER, copy)
    main = copy / "profile.toml"
    text = main.read_text("utf-8")
    start = text.index("[seal]")
    end = text.index("[flows]")
    main.write_text(text[:start] + text[end:], "utf-8")
    return copy


def choose(folder: Path, seal: str) -> None:
    with (folder / "profile.toml").open("a", encoding="utf-8") as main:
        main.write(f"\n[seal]\n{seal}\n")


def test_without_a_choice_the_seal_is_a_red_circle(folder: Path) -> None:
    assert load(folder).seal == Seal(shape="circle", colour="#b3261e")


def test_shape_and_colour_are_chosen(folder: Path) -> None:
    choose(folder, 'shape = "oval"\ncolour = "#0b4f4a"')
    assert load(folder).seal == Seal(shape="oval", colour="#0b4f4a")


@pytest.mark.parametrize(
    ("seal", "told"),
    [
        ('shape = "star"', "circle, oval, none"),
        ('shape = ["circle"]', "circle, oval, none"),
        ('colour = "red"', "#b3261e"),
        ("colour = 7", "#b3261e"),
        ('size = "big"', "unknown key 'size' in 'seal'"),
    ],
)
def test_what_is_no_seal_is_refused_by_name(folder: Path, seal: str, told: str) -> None:
    choose(folder, seal)
    with pytest.raises(ProfileProblem, match=r"profile\.toml") as problem:
        load(folder)
    assert told in str(problem.value)
