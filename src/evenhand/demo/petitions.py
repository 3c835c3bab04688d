"""The demo's petitions: stories, texts and people brought together as acts to be played."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.base import profile
from evenhand.kernel.calendar.queries import calendar_for
from evenhand.kernel.evidence.limits import Upload
from evenhand.kernel.organisation import queries as organisation
from evenhand.kernel.organisation.models import Unit
from evenhand.mechanisms.petitions import demo_stories
from evenhand.mechanisms.petitions.actions import Submission
from evenhand.mechanisms.petitions.demo import Clerk, Course, Text
from evenhand.mechanisms.petitions.demo_stories import Story
from evenhand.mechanisms.petitions.queries import REGISTERS
from evenhand.mechanisms.petitions.states import Channel, Kind

from . import texts
from .names import Name
from .pictures import picture
from .playing import Act
from .visitors import CITIZENS, RECEIPT_SEED, Citizen


@dataclass(frozen=True)
class Way:
    """How a matter reached the county: through which unit's clerk, if any, and how many hours
    before it was recorded."""

    channel: Channel
    office: str = ""
    hours: float = 0


#: In turn. Most come through the website.
WAYS = (
    Way(Channel.WEB),
    Way(Channel.WEB),
    Way(Channel.VISIT, "petition_office", 0.3),
    Way(Channel.WEB),
    Way(Channel.CALL, "petition_office", 0.1),
    Way(Channel.WEB),
    Way(Channel.API),
    Way(Channel.LETTER, "petition_office", 3),
    Way(Channel.WEB),
    Way(Channel.VISIT, "town_center", 0.5),
    Way(Channel.WEB),
)
ANONYMOUS_EACH = 9
GROUP_EACH = 7
FILES_EACH = 8


def acts(size: int, *, names: Iterator[Name], chance: Random, until: datetime) -> Iterator[Act]:
    """Every act of ``size`` petitions, in no order."""
    calendar = calendar_for(profile.cached(settings.EVENHAND_PROFILE_FOLDER).calendar)
    said = {of: texts.texts(of) for of in texts.FILES}
    citizens = {citizen.story: citizen for citizen in CITIZENS}
    for turn, story in enumerate(demo_stories.told(size)):
        moments = demo_stories.moments(
            story, until=until, chance=chance, is_working_day=calendar.is_working_day
        )
        citizen = citizens.pop(story.name, None)
        way = WAYS[0] if citizen else WAYS[turn % len(WAYS)]
        course = _course(
            story, next(said[story.of]), way, turn, names, citizen=citizen, at=moments[0]
        )
        yield Act(moments[0] + timedelta(hours=way.hours), course.brings)
        for (act, _days), moment in zip(story.beats, moments[1:], strict=True):
            yield Act(moment, getattr(course, act))


def _course(
    story: Story,
    text: Text,
    way: Way,
    turn: int,
    names: Iterator[Name],
    *,
    citizen: Citizen | None,
    at: datetime,
) -> Course:
    return Course(
        text=text,
        phrases=texts.phrases(text.language, story.of),
        submission=_submission(text, way, turn, names, citizen=citizen, at=at),
        turn=turn,
        clerk=_clerk(way, turn, at),
        seed=RECEIPT_SEED if citizen else None,
    )


def _submission(
    text: Text, way: Way, turn: int, names: Iterator[Name], *, citizen: Citizen | None, at: datetime
) -> Submission:
    """Who brings it: by name or without, alone or for several, with files or without."""
    group = turn % GROUP_EACH == GROUP_EACH - 1 and not citizen
    anonymous = turn % ANONYMOUS_EACH == ANONYMOUS_EACH - 1 and not citizen and not group
    spoken_for = list(islice(names, 2 + turn % 4)) if group else []
    written = way.channel in (Channel.WEB, Channel.API)
    email = citizen.email if citizen else f"neighbour{turn + 1}@nanzhi.example" if written else ""
    return Submission(
        title=text.title,
        body=text.body,
        kind=Kind.SUGGESTION if text.kind == "suggestion" else Kind.CLAIM,
        language=text.language,
        channel=way.channel,
        received_at=at,
        anonymous=anonymous,
        name="" if anonymous else _called(next(names), text.language),
        email="" if anonymous else email,
        telephone="" if anonymous or written else f"0000-555-{1000 + turn}",
        address="",
        group_size=12 + turn if group else None,
        representatives=[_called(name, text.language) for name in spoken_for],
        uploads=_files(text, turn) if written and turn % FILES_EACH in (0, 3) else (),
    )


def _called(name: Name, language: str) -> str:
    return name.english if language == "en" else name.own


def _clerk(way: Way, turn: int, at: datetime) -> Clerk | None:
    if not way.office:
        return None
    office = Unit.objects.get(code=way.office)
    clerks = list(organisation.holders(office, REGISTERS, at))
    return Clerk(clerks[turn % len(clerks)], office)


def _files(text: Text, turn: int) -> list[Upload]:
    """What a petitioner adds: a picture, and now and then a note."""
    found: list[Upload] = [SimpleUploadedFile("photo.png", picture(turn))]
    if turn % 2:
        found.append(SimpleUploadedFile("note.txt", f"{text.title}\n\n{text.asks}\n".encode()))
    return found
