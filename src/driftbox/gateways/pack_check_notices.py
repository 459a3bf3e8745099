"""Checks of the notices a pack can issue: every gap is known and in both languages, every entry and clock exists."""

from collections.abc import Iterator

from driftbox.domain.docket.entries import KINDS
from driftbox.domain.docket.notice_form import GAPS, NoticeForm, gaps_in
from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault, leads_nowhere, no_basis
from driftbox.gateways.pack_rows import Row, Rows
from driftbox.gateways.pack_source import KeyPath


def notice_faults(rows: Rows) -> Iterator[Fault]:
    """What is wrong with the notices of a pack."""
    clocks = {(row.value.procedure, row.value.id) for row in rows.clocks}
    procedures = {row.value.id for row in rows.procedures}
    for row in rows.notices:
        form = row.value
        if form.procedure not in procedures:
            yield row.fault(*leads_nowhere("办法", "procedure", form.procedure), "procedure")
        if form.clock and (form.procedure, form.clock) not in clocks:
            yield row.fault(*leads_nowhere("时限", "clock", form.clock), "clock")
        yield from _entries(row)
        yield from _words(row)


def _entries(row: Row[NoticeForm]) -> Iterator[Fault]:
    for place, kind in enumerate(row.value.after):
        if kind not in KINDS:
            yield row.fault(*leads_nowhere("条目", "entry kind", kind), "after", place)
    if not row.value.after:
        what = Text(zh="没写哪一步以后出这份文书", en="It is not said after which entry this notice is issued")
        yield row.fault(what, Text(zh="在 after 里写条目的种类", en="Name the kinds of entry in `after`"), "after")
    if not row.value.basis:
        yield row.fault(*no_basis(), "basis")


def _words(row: Row[NoticeForm]) -> Iterator[Fault]:
    form = row.value
    if not form.body:
        what = Text(zh="这份文书一句话也没有", en="This notice says nothing")
        yield row.fault(what, Text(zh="写上 [[body]]", en="Write a [[body]]"), "body")
    for key, parts in (("body", form.body), ("remedy", form.remedy)):
        for place, part in enumerate(parts):
            yield from _gaps(row, (key, place, "text"), part.text, GAPS)
            if part.heading:
                yield from _gaps(row, (key, place, "heading"), part.heading, frozenset())
    yield from _gaps(row, ("title",), form.title, frozenset())


def _gaps(row: Row[NoticeForm], path: KeyPath, text: Text, known: frozenset[str]) -> Iterator[Fault]:
    try:
        found = {"zh": gaps_in(text.zh), "en": gaps_in(text.en)}
    except ValueError:
        what = Text(zh="花括号没有配对", en="A brace is not closed")
        yield row.fault(what, Text(zh="空档写成 {名字}", en="Write a gap as {name}"), *path)
        return
    for language, names in found.items():
        for name in sorted(names - known):
            remedy = Text(zh=f"改成其中一个：{_list(known)}", en=f"Use one of: {_list(known)}")
            what = Text(zh=f"没有叫“{name}”的空档", en=f"There is no gap `{name}` here")
            yield row.fault(what, remedy if known else _no_gaps(), *path, language)
    if found["zh"] != found["en"]:
        what = Text(zh="两种文字的空档不一样", en="The two languages have different gaps")
        yield row.fault(what, Text(zh="空档要一个不少", en="Give both the same gaps"), *path, "en")


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _no_gaps() -> Text:
    return Text(zh="这里不能有空档", en="There can be no gap here")
