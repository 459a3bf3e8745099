"""Send messages, hand out receipts and one-time codes; slow down whoever guesses."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import msgspec
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, override
from msgspec import Struct

from driftbox.apps.node import keys, sms
from driftbox.apps.notices.models import AttemptRow, MessageRow, OtpRow, ReceiptRow
from driftbox.apps.papers.queries import key_of, keys_of
from driftbox.apps.people.queries import Language
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import millis
from driftbox.gateways.codes import new_otp, new_receipt_code, read_phone
from driftbox.gateways.keys import seal, unseal

OTP_LIFE = timedelta(minutes=10)
OTP_TRIES = 5
WINDOW = timedelta(minutes=15)
TRIES = 10
CHUNK = 500  # rows named in one statement
log = logging.getLogger(__name__)


class Outgoing(Struct, frozen=True):
    """One text message to be sent: sealed under the key of ``context``, to whom, what."""

    context: str
    phone: str
    text: str


class Again(Struct, frozen=True):
    """How sending again went: texts that went out, and that did not."""

    sent: int
    left: int


def written_in(language: Language) -> override:
    """Sentences inside a ``with`` of this are written in the language of whoever receives them."""
    return override("en" if language == "en" else "zh-hans")


def send_text(context: str, phone: str, text: str, *, now: datetime) -> None:
    """Send one text message and keep it, sealed under the key of ``context`` (a docket or a person). One that does not
    go out stops nothing: it is kept as unsent.
    """
    sealed = seal(key_of(context), _content(phone, text), context)
    gone = _goes_out(phone, text)
    MessageRow.objects.create(context=context, sealed=sealed, sent=now, unsent=not gone)


def send_texts(texts: Iterable[Outgoing], *, now: datetime) -> int:
    """Send many text messages, kept like ``send_text`` keeps one, and sent once the transaction is committed; returns
    how many. What was erased by now gets none.
    """
    wanted = list(texts)
    opened = keys_of(one.context for one in wanted)
    going = [one for one in wanted if one.context in opened]
    rows = MessageRow.objects.bulk_create(
        MessageRow(context=one.context, sealed=seal(opened[one.context], _content(one.phone, one.text), one.context),
                   sent=now, unsent=True)
        for one in going
    )  # fmt: skip
    transaction.on_commit(partial(_send_all, [(row.pk, one) for row, one in zip(rows, going, strict=True)]))
    return len(going)


def _send_all(texts: Iterable[tuple[int, Outgoing]]) -> int:
    """Send each, whatever becomes of the others; returns how many went out. They are unsent until they are."""
    gone = [row for row, one in texts if _goes_out(one.phone, one.text)]
    for start in range(0, len(gone), CHUNK):
        MessageRow.objects.filter(pk__in=gone[start : start + CHUNK]).update(unsent=False)
    return len(gone)


def _goes_out(phone: str, text: str) -> bool:
    try:
        sms().send(phone, text)
    except OSError as error:
        log.warning("a text message was not sent: %s", type(error).__name__)
        return False
    return True


def send_again() -> Again:
    """Send what did not go out, oldest first. What was erased meanwhile is dropped."""
    rows = list(MessageRow.objects.filter(unsent=True).order_by("pk"))
    opened = keys_of(row.context for row in rows)
    MessageRow.objects.filter(pk__in=[row.pk for row in rows if row.context not in opened]).delete()
    waiting = []
    for row in rows:
        if row.context in opened:
            held = msgspec.json.decode(unseal(opened[row.context], bytes(row.sealed), row.context))
            waiting.append((row.pk, Outgoing(row.context, held["phone"], held["text"])))
    gone = _send_all(waiting)
    return Again(gone, len(waiting) - gone)


def _content(phone: str, text: str) -> bytes:
    return msgspec.json.encode({"phone": phone, "text": text})


def hand_out_receipt(docket: str) -> str:
    """Make the receipt code of a case."""
    code = new_receipt_code()
    sealed = seal(key_of(docket), code.encode(), docket)
    ReceiptRow.objects.create(docket=docket, code_index=keys().blind("receipt", code), sealed=sealed)
    return code


def count_attempt(door: str, visitor: str, *, now: datetime, tries: int = TRIES) -> None:
    """Count one try of ``visitor`` at ``door``.

    Raises:
        Refused: more than ``tries`` in a quarter of an hour; says when to come back.
    """
    key = keys().blind(f"attempt-{door}", visitor)
    window = millis(now) // (WINDOW // timedelta(milliseconds=1))
    AttemptRow.objects.get_or_create(key=key, window=window)
    AttemptRow.objects.filter(key=key, window=window).update(count=F("count") + 1)
    if AttemptRow.objects.get(key=key, window=window).count > tries:
        raise Refused("too_many", "试得太多了，先歇一刻钟再试。急的话打电话，我们替您查。")


def start_otp(phone: str, *, now: datetime) -> str:
    """Make a one-time code for a phone number and text it in the language of the page; returns the number as digits.

    Raises:
        Refused: not a phone number, or the text does not go out.
    """
    digits = read_phone(phone)
    code = new_otp()
    OtpRow.objects.update_or_create(
        phone_index=keys().blind("phone", digits),
        defaults={"code_index": keys().blind("otp", code), "ends": now + OTP_LIFE, "tries": 0},
    )
    words = gettext("漂流箱：您的数字是 {code}，10 分钟内有效。谁来要都不要给。").format(code=code)
    if not _goes_out(digits, words):
        raise Refused("otp_unsent", "短信这会儿发不出去，什么都没有少。请过几分钟再试，或打电话，我们替您查。")
    return digits


def check_otp(phone: str, code: str, *, now: datetime) -> None:
    """Use up a one-time code.

    Raises:
        Refused: wrong, too late, or tried too often.
    """
    index = keys().blind("phone", read_phone(phone))
    OtpRow.objects.filter(phone_index=index).update(tries=F("tries") + 1)
    row = OtpRow.objects.filter(phone_index=index).first()
    if row is None or row.ends < now or row.tries > OTP_TRIES:
        raise Refused("otp_over", "这 6 个数字过时了。请再发一次，或打电话让我们念给您。")
    if row.code_index != keys().blind("otp", code.strip()):
        raise Refused("otp_wrong", "数字不对。要填短信里的 6 个数字，请再看一遍。")
    row.delete()
