"""A tip sent twice by the same call is filed once, with nothing kept that ties it to the caller.

The receipt code of such a call is derived from the caller and the call's key, so the tip is found
again by its hashed receipt alone.
"""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from cases.actions.tips import (
    RECEIPT_LENGTH,
    SIGNS,
    FiledTip,
    TipWords,
    file_tip,
    keep_tip_file,
    receipt_hash,
)
from cases.models import Tip
from common.errors import WrongState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.base import File


def file_tip_once(
    *, words: TipWords, reporter: User, uploads: "Sequence[File[bytes]]", key: str
) -> FiledTip:
    """Files a tip with its files; the same ``key`` of the same person gives the same tip.

    Without a key every call files a new one. Raises WrongState when the key was used for
    other words.
    """
    receipt = _receipt_of_call(reporter, key) if key else ""
    if receipt and (known := _filed(receipt, words)):
        return known
    try:
        with transaction.atomic():
            kept = [keep_tip_file(upload=upload).token for upload in uploads]
            return file_tip(words=words, reporter=reporter, files=kept, receipt=receipt)
    except IntegrityError:
        # The same call came twice at one moment: the other one was first.
        if not receipt or (met := _filed(receipt, words)) is None:
            raise
        return met


def _receipt_of_call(reporter: User, key: str) -> str:
    call = salted_hmac("cases.tip.receipt", f"{reporter.pk}:{key}", algorithm="sha256")
    number, signs = int.from_bytes(call.digest(), "big"), ""
    for _sign in range(RECEIPT_LENGTH):
        number, rest = divmod(number, len(SIGNS))
        signs += SIGNS[rest]
    return signs


def _filed(receipt: str, words: TipWords) -> FiledTip | None:
    tip = Tip.objects.filter(receipt_hash=receipt_hash(receipt)).select_related("lead").first()
    if tip is None:
        return None
    if tip.what != words.what.strip() or tip.anonymous != words.anonymous:
        raise WrongState(_("This Idempotency-Key was used for another call."))
    return FiledTip(tip, receipt)
