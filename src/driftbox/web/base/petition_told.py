"""What a form tells of a petition, as the register takes it: people one to a line, whoever is complained of by name."""

import re
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driftbox.apps.errands.intake import known_or_new
from driftbox.apps.pack import current_pack
from driftbox.apps.people.queries import Particulars, colleagues
from driftbox.domain.errors import BadPaper
from driftbox.gateways.paper_types import media_type
from driftbox.web.base.middleware import sentence_of
from driftbox.web.base.telling import said

NAMES: Final = re.compile(r"[，,、;；\n]+")
PHONES: Final = (re.compile(r"[+\d][\d-]{5,}$"), re.compile(r"[+\d][\d\s-]{5,}$"))  # in one piece, or in groups
LONGEST_NAME: Final = 40
MOST: Final = 99  # people on one form; a longer list comes as a scan


class ScanField(forms.FileField):
    """The letter as it came: a photograph or a PDF, as bytes; empty when there is none."""

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """The bytes, if they are what the house keeps."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        content = file.read() if file else b""
        try:
            if content:
                media_type(content)
        except BadPaper as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal
        return content


def people_in(text: str) -> tuple[Particulars, ...]:
    """People written one to a line, each with their phone behind the name if it is known.

    Raises:
        ValidationError: a line without a name, or far too many.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise forms.ValidationError(gettext("一次最多写 {most} 位，多的附一张名单。").format(most=MOST))
    return tuple(_person(line) for line in lines)


def _person(line: str) -> Particulars:
    found = next(filter(None, (phone.search(line) for phone in PHONES)), None)
    name = (line[: found.start()] if found else line).strip(" ，,、:：\t")
    if not name or len(name) > LONGEST_NAME:
        raise forms.ValidationError(_("一人一行，先写姓名，后面写电话。"))
    return Particulars(name=name, phone=found[0].strip() if found else "")


def persons_named(text: str, now: datetime) -> tuple[str, ...]:
    """The persons of these names: every colleague who bears one, so that they are kept away; else somebody new."""
    names = [name.strip()[:LONGEST_NAME] for name in NAMES.split(text) if name.strip()]
    staff = colleagues().values()
    found: list[str] = []
    for name in names[:MOST]:
        found += [one.person for one in staff if one.name == name] or [known_or_new(Particulars(name=name), now)]
    return tuple(dict.fromkeys(found))


def offices_to_name() -> list[tuple[str, str]]:
    """Every office that may be complained of, by name."""
    offices = sorted(current_pack().offices.values(), key=lambda one: one.kind != "department")
    return [(one.code, said(one.name)) for one in offices]
