"""The snapshot of a petition that its flow's needs are checked against."""

from evenhand.kernel.cases.models import Case

from .models import Document
from .needs import Answer, Matter
from .states import CLOSING


def situate(case: Case) -> Matter:
    """Two queries: the petition, and its closing document if there is one."""
    petition = case.petition
    document = Document.objects.filter(case=case, kind__in=CLOSING).first()
    return Matter(
        kind=petition.kind,
        handler=petition.handler_id,
        extended=petition.extended_at is not None,
        withdrawal_asked_at=petition.withdrawal_asked_at,
        withdrawal_from=petition.withdrawal_from,
        answer=answer_of(document) if document else None,
    )


def answer_of(document: Document) -> Answer:
    return Answer(
        author=document.author_id,
        writers=frozenset({document.author_id, *document.writers}),
        kind=document.kind,
        claim=document.claim,
        facts=document.facts,
        result=document.result,
        reasons=document.reasons,
        legal_basis=document.legal_basis,
        remedies=document.remedies,
        issued_at=document.issued_at,
    )
