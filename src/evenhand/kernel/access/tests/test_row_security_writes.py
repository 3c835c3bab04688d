"""Who may add to a matter and change it: the database says so, whatever the code does."""

import uuid

import pytest
from django.db import ProgrammingError, connection, transaction

from evenhand.base.ids import uuid7
from evenhand.kernel.access.actor import CLOCK, PUBLIC, acting, presenting
from evenhand.kernel.access.involvement import (
    Involving,
    UnseenMatter,
    involve,
    involve_many,
    release,
)
from evenhand.kernel.access.models import Involvement, Reading, Receipt, Relation
from evenhand.kernel.organisation.tests.cast import Cast

from .rows import AT, make_rows

REFUSED = "row-level security|permission denied"
pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(cast: Cast) -> uuid.UUID:
    """Wen handles it, the auditor reads it."""
    matter = make_rows(cast)
    audit = Involving(relation=Relation.AUDITING, unit=cast.county.id, power="audit")
    handler = Involving(relation=Relation.HANDLER, person=cast.wen.id)
    with acting(CLOCK, AT):
        involve_many(matter=matter, involvings=[handler, audit], at=AT)
    return matter


def sql(statement: str, *arguments: uuid.UUID) -> int:
    """How many rows it reads or changes."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return int(cursor.rowcount)


def test_whoever_makes_a_matter_may_go_on_with_it(cast: Cast) -> None:
    matter = uuid7(AT)
    with acting(cast.wen.id, AT):
        involve(matter=matter, relation=Relation.PETITIONER, person=cast.wen.id, at=AT)
        Reading.objects.create(matter_id=matter, reader_id=cast.wen.id, purpose="x", at=AT)
        assert Reading.objects.count() == 1


@pytest.mark.parametrize("relation", Relation)
def test_a_stranger_cannot_involve_himself(
    cast: Cast, matter: uuid.UUID, relation: Relation
) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED), acting(cast.newcomer.id, AT):
        involve(matter=matter, relation=relation, person=cast.newcomer.id, at=AT)


def test_whoever_it_concerns_cannot_involve_himself_again(cast: Cast, matter: uuid.UUID) -> None:
    with acting(cast.wen.id, AT):
        involve(matter=matter, relation=Relation.CONCERNED, person=cast.wen.id, at=AT)
        with pytest.raises(UnseenMatter):
            release(matter=matter, relation=Relation.CONCERNED, at=AT)
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            involve(matter=matter, relation=Relation.PETITIONER, person=cast.wen.id, at=AT)


def test_a_temporary_table_does_not_make_a_matter_new(cast: Cast, matter: uuid.UUID) -> None:
    """The function that asks whether a matter is new looks at the real table."""
    sql("CREATE TEMPORARY TABLE access_involvement (LIKE public.access_involvement)")
    sql("GRANT SELECT ON pg_temp.access_involvement TO PUBLIC")
    statement = (
        "INSERT INTO public.access_involvement (id, matter_id, person_id, power, relation, ground,"
        " since) VALUES (gen_random_uuid(), %s, %s, '', 'handler', '', now())"
    )
    with pytest.raises(ProgrammingError, match="row-level security"), acting(cast.newcomer.id, AT):
        sql(statement, matter, cast.newcomer.id)


@pytest.mark.parametrize(
    "change", [{"person_id": uuid.UUID(int=1)}, {"relation": "former"}, {"matter_id": uuid7(AT)}]
)
def test_an_involvement_may_end_and_nothing_else(
    cast: Cast, matter: uuid.UUID, change: dict[str, object]
) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED), acting(CLOCK, AT):
        Involvement.objects.filter(matter_id=matter).update(**change)


def test_an_involvement_is_never_removed(matter: uuid.UUID) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED), acting(CLOCK, AT):
        Involvement.objects.filter(matter_id=matter).delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_case SET title = 'changed' WHERE id = %s",
        "DELETE FROM cases_message WHERE case_id = %s",
        "UPDATE obligations_obligation SET due_at = now() WHERE matter_id = %s",
        "SELECT 1 FROM cases_case WHERE id = %s FOR UPDATE",
        "UPDATE access_receipt SET revoked_at = now() WHERE matter_id = %s",
        "UPDATE access_involvement SET until = now() WHERE matter_id = %s",
    ],
)
def test_the_audit_reads_and_changes_nothing(cast: Cast, matter: uuid.UUID, statement: str) -> None:
    with acting(cast.auditor.id, AT):
        assert sql("SELECT 1 FROM cases_case WHERE id = %s", matter) == 1
        assert sql(statement, matter) == 0
    with acting(cast.wen.id, AT):
        assert sql(statement, matter) > 0


def test_the_audit_adds_nothing_but_that_it_read(cast: Cast, matter: uuid.UUID) -> None:
    with acting(cast.auditor.id, AT):
        Reading.objects.create(matter_id=matter, reader_id=cast.auditor.id, purpose="x", at=AT)
        with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
            involve(matter=matter, relation=Relation.HANDLER, person=cast.auditor.id, at=AT)


def test_a_row_cannot_be_moved_to_a_matter_that_one_does_not_see(
    cast: Cast, matter: uuid.UUID
) -> None:
    other = make_rows(cast)
    with pytest.raises(ProgrammingError, match=REFUSED), acting(cast.wen.id, AT):
        sql("UPDATE cases_message SET case_id = %s WHERE case_id = %s", other, matter)


def test_presenting_a_receipt_shows_it_and_changes_nothing(matter: uuid.UUID) -> None:
    with acting(CLOCK, AT):
        mine = bytes(Receipt.objects.get(matter_id=matter).secret_hash)
    with acting(PUBLIC, AT), presenting(mine):
        assert Receipt.objects.get().matter_id == matter
        assert Receipt.objects.update(revoked_at=AT) == 0


def test_presenting_a_hash_does_not_let_one_write_its_receipt(matter: uuid.UUID) -> None:
    mine = b"m" * 32
    receipt = Receipt(
        reference="R", secret_hash=mine, matter_id=matter, holder_id=uuid7(), issued_at=AT
    )
    with pytest.raises(ProgrammingError, match=REFUSED), acting(PUBLIC, AT), presenting(mine):
        receipt.save(force_insert=True)


def test_a_temporary_view_lends_nobody_a_power(cast: Cast, matter: uuid.UUID) -> None:
    sql(
        "CREATE TEMPORARY VIEW access_my_power AS SELECT"
        f" '{cast.county.id}'::uuid AS unit_id, '{cast.county.id} audit' AS both_in_one"
    )
    with acting(cast.newcomer.id, AT):
        assert sql("SELECT id FROM cases_case") == 0
