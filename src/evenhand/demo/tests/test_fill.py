"""What the demo shows: every state, and what happens on the way to it."""

import pytest

from evenhand.demo import SignIn, receipts_to_follow, sign_ins
from evenhand.kernel.access import receipts
from evenhand.kernel.access.models import Account, Involvement, Relation
from evenhand.kernel.access.recusal import Ground
from evenhand.kernel.cases.models import Case, Message, Party
from evenhand.kernel.evidence.models import File
from evenhand.kernel.ledger.models import Entry
from evenhand.kernel.obligations.models import Obligation
from evenhand.kernel.organisation.models import Kinship, Person, Post, Unit
from evenhand.mechanisms.petitions.flow import FLOW
from evenhand.mechanisms.petitions.models import Petition
from evenhand.mechanisms.petitions.states import Channel, Kind, State

from .conftest import SIZE, UNTIL


def test_every_state_occurs(seen: None) -> None:
    assert set(Case.objects.values_list("state", flat=True)) == set(State.values)
    assert Case.objects.count() == SIZE


def test_every_step_is_taken(seen: None) -> None:
    codes = {f"{FLOW.key}.{step.name}" for step in FLOW.steps}
    assert codes <= set(Entry.objects.values_list("code", flat=True))


def test_every_kind_and_way_in_occurs(seen: None) -> None:
    found = Petition.objects.values_list("kind", "channel")
    kinds, channels = (set(column) for column in zip(*found, strict=True))
    assert kinds == set(Kind.values)
    assert channels == set(Channel.values) - {Channel.IMPORT}


def test_some_are_anonymous_and_some_speak_for_many(seen: None) -> None:
    assert Party.objects.filter(anonymous=True, name="").exists()
    assert Petition.objects.filter(group_size__gt=2, representatives__len__gte=2).exists()


def test_both_sides_write_and_files_are_handed_in(seen: None) -> None:
    assert set(Message.objects.values_list("from_petitioner", flat=True)) == {True, False}
    assert set(File.objects.values_list("media_type", flat=True)) == {"image/png", "text/plain"}


def test_what_was_late_went_one_level_up(seen: None) -> None:
    late = Obligation.objects.exclude(breached_at=None)
    told = Involvement.objects.filter(relation=Relation.SUPERIOR).values("matter_id")
    assert late.exists()
    assert not late.exclude(matter_id__in=told).exists()


def test_some_are_kept_away_from_a_matter(seen: None) -> None:
    away = Involvement.objects.filter(relation=Relation.CONCERNED)
    assert {Ground.TOOK, Ground.SUPERVISED, Ground.KIN} <= set(
        away.values_list("ground", flat=True)
    )


def test_a_matter_of_a_unit_without_a_head_goes_one_level_up(seen: None) -> None:
    [county, forestry] = Unit.objects.filter(code__in=("county", "forestry")).order_by("code")
    above = Involvement.objects.filter(relation=Relation.SUPERIOR, unit=county)
    assert Case.objects.filter(unit=forestry, id__in=above.values("matter_id")).exists()


def test_a_clerk_records_after_it_came(seen: None) -> None:
    recorded = Petition.objects.exclude(channel__in=(Channel.WEB, Channel.API))
    assert all(p.case.recorded_at > p.case.received_at for p in recorded.select_related("case"))


def test_nothing_happens_after_the_day_of_making(seen: None) -> None:
    assert not Entry.objects.filter(at__gt=UNTIL).exists()


def test_the_county_is_of_the_promised_size(county: list[str]) -> None:
    assert 55 <= Unit.objects.count() <= 65
    assert Person.objects.count() == 800
    assert Person.objects.values("name").distinct().count() == 800
    assert Post.objects.filter(tenures=None).count() > 10
    assert Kinship.objects.exists()


@pytest.mark.parametrize("sign_in", sign_ins(), ids=lambda sign_in: sign_in.email)
def test_each_sign_in_opens(county: list[str], sign_in: SignIn) -> None:
    account = Account.objects.get(email=sign_in.email)
    assert account.check_password(sign_in.password)


def test_the_printed_receipts_open_their_matters(county: list[str]) -> None:
    shown = receipts_to_follow(UNTIL)
    assert len(shown) == 3
    for receipt in shown:
        receipts.open_matter(reference=receipt.reference, typed_secret=receipt.words, at=UNTIL)
