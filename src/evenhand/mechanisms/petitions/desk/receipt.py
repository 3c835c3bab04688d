"""A receipt as the clerk hands it over: in the language of whoever brought the matter."""

from typing import Any

from django.utils import translation

from evenhand.kernel.access.receipts import IssuedReceipt
from evenhand.kernel.cases.models import Case

from ..public.receipt import next_promise, receipt_rows


def receipt_context(case: Case, receipt: IssuedReceipt) -> dict[str, Any]:
    """For ``components/receipt.html``; the words are shown once and kept nowhere."""
    with translation.override(case.language):
        rows = receipt_rows(case, next_promise(case))
    return {
        "case": case,
        "reference": receipt.reference,
        "words": receipt.words(case.language).split(),
        "digits": receipt.digits.split(),
        "rows": rows,
    }
