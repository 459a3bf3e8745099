"""The only writer of label numbers, and the sheets that bear them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, override

from driftbox.apps.labels.models import LabelSerialRow
from driftbox.apps.node import pdf
from driftbox.apps.pack import current_pack
from driftbox.domain.custody.labels import FIRST_SERIAL, MAX_SERIAL, Kind, groups, label_code
from driftbox.domain.errors import Refused
from driftbox.gateways.codes import qr_svg
from driftbox.gateways.pdf import Language

MAX_COUNT = 1000  # labels of one printing


def take_numbers(kind: Kind, count: int) -> tuple[str, ...]:
    """The next ``count`` numbers of ``kind``; nobody gets them again.

    Raises:
        Refused: none or too many at once, or the numbers have run out.
    """
    if not 1 <= count <= MAX_COUNT:
        raise Refused("label_count", "一次印 1 到 {most} 张。请改一下张数。", most=MAX_COUNT)
    with transaction.atomic():
        LabelSerialRow.objects.get_or_create(kind=kind, defaults={"last": FIRST_SERIAL - 1})
        LabelSerialRow.objects.filter(kind=kind).update(last=F("last") + count)
        last = LabelSerialRow.objects.get(kind=kind).last
        if last > MAX_SERIAL:
            raise Refused("labels_used_up", "这一种号用完了，什么都没有印。请告诉管这台机器的人。")
    return tuple(label_code(kind, serial) for serial in range(last - count + 1, last + 1))


def print_sheet(kind: Kind, count: int, *, site: str, now: datetime, language: Language = "zh") -> bytes:
    """A PDF of ``count`` fresh labels to print and cut; their codes lead to the label's page under ``site``.

    Raises:
        Refused: see ``take_numbers``.
        BadFont: it cannot be set in type; its numbers are left out for good.
    """
    # Not in one transaction: setting a thousand labels takes seconds, and nobody shall wait for it to record an act.
    return set_sheet(kind, take_numbers(kind, count), site=site, now=now, language=language)


def set_sheet(kind: Kind, codes: Sequence[str], *, site: str, now: datetime, language: Language = "zh") -> bytes:
    """The sheet of these ``codes``, fresh or printed before.

    Raises:
        BadFont: it cannot be set in type.
    """
    with override("en" if language == "en" else "zh-hans"):
        title, name, sentence = _words(kind)
    labels = [
        {"groups": groups(code), "svg": qr_svg(f"{site.rstrip('/')}/l/{code}/"), "alt": f"{name} {code}"}
        for code in codes
    ]
    data = {"kind": kind, "name": name, "sentence": sentence, "labels": labels}
    return pdf().render("labels", data, title=f"{title} {codes[0]}", made=now, language=language)


def _words(kind: Kind) -> tuple[str, str, str]:
    """Title of the sheet, name of the thing, and what to do with it."""
    phone = current_pack().hotline
    if kind == "box":
        words = (
            gettext("箱标签"),
            gettext("漂流箱"),
            gettext("扫一扫，把材料放进箱里。不会扫，打 {phone}，报上面的号。"),
        )
    elif kind == "parcel":
        words = gettext("袋标签"), gettext("材料袋"), gettext("贴在袋上。捡到了请打 {phone}，报号。")
    else:
        words = gettext("封条"), gettext("封条"), gettext("封好别拆。断了，请打 {phone}。")
    return words[0], words[1], words[2].format(phone=phone)
