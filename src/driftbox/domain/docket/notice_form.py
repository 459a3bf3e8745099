"""A kind of notice as a pack writes it 文书样式: title, paragraphs with named gaps, legal basis, remedy."""

import string
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from driftbox.domain.docket.notice_state import Notice
from driftbox.domain.log.entry import Entry
from driftbox.domain.text import Text

GAPS: Final = frozenset(
    {
        "number", "matter", "office", "phone", "received", "day", "due", "promised",
        "to_office", "report_by", "ground", "ground_told", "ground_article", "door", "door_told", "words",
        "days", "reason", "outcome", "facts", "grounds", "legal_basis", "above_office", "reviewed_number",
        "materials", "matter_remedy", "follows", "said",
    }
)  # fmt: skip


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One paragraph, or several where a gap holds several lines.

    It is left out when one of its gaps has nothing to say; if it is ``required``, the notice then cannot be issued.
    """

    text: Text
    heading: Text | None = None
    required: bool = False


class Basis(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A law and its articles."""

    law: Text
    articles: Text


class NoticeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``law/notices/*.toml``: one kind of notice, in both languages.

    ``after``: kinds of entry that it tells of; it may be issued once for each. ``tier``: of petitions, 0 first
    handling, 1 review, 2 final review; None: any. ``outcomes`` of that entry; empty: any. ``clock`` gives ``{due}``.
    """

    code: str
    procedure: str
    after: tuple[str, ...]
    title: Text
    body: tuple[Part, ...]
    basis: tuple[Basis, ...]
    remedy: tuple[Part, ...] = ()
    tier: int | None = None
    outcomes: tuple[str, ...] = ()
    clock: str = ""


def gaps_in(text: str) -> set[str]:
    """The names of the gaps in ``text``.

    Raises:
        ValueError: a brace that is not closed.
    """
    return {name for _words, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def filled(part: Part, language: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """The paragraphs of ``part``, one for each line; none when one of its gaps is empty."""
    text = part.text.in_language(language)
    if any(not values.get(name) for name in gaps_in(text)):
        return ()
    return tuple(line.strip() for line in text.format_map(values).splitlines() if line.strip())


def due_forms(
    forms: Iterable[NoticeForm], entries: Iterable[Entry], notices: Iterable[Notice], *, procedure: str, tier: int
) -> list[tuple[NoticeForm, Entry]]:
    """What may be issued: each form with the latest entry of which it tells and was not issued yet."""
    known = list(entries)
    done = {(notice.kind, notice.about) for notice in notices}
    found = []
    for form in forms:
        if form.procedure != procedure or form.tier not in (None, tier):
            continue
        told = [entry for entry in known if entry.kind in form.after and _fits(form, entry)]
        if told and (form.code, told[-1].id) not in done:
            found.append((form, told[-1]))
    return found


def _fits(form: NoticeForm, entry: Entry) -> bool:
    return not form.outcomes or getattr(entry.body, "outcome", "") in form.outcomes
