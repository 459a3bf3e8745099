"""Checks of what is asked together and written down: bundles of matters, and forms with their blanks."""

import re
from collections.abc import Iterator

from driftbox.domain.consult.bundle import FEWEST, MOST_MATTERS, MOST_QUESTIONS, Bundle, may_go_together, questions_of
from driftbox.domain.consult.form import ANSWER, DECLARATION_GAPS, KNOWN, SIGNERS, Form
from driftbox.domain.consult.matter import Matter
from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault, leads_nowhere, said_twice
from driftbox.gateways.pack_rows import Row, Rows

_GAP = re.compile(r"\{(\w*)\}")


def bundle_faults(rows: Rows) -> Iterator[Fault]:
    """Matters that are not there or do not go together, answers to nothing, and more than five questions."""
    matters = {row.value.code: row.value for row in rows.matters}
    for row in rows.bundles:
        yield from _size(row)
        for place, code in enumerate(row.value.matters):
            if not rows.has(Matter, code):
                yield row.fault(*leads_nowhere("事项", "matter", code), "matters", place)
            elif code in matters and not may_go_together([matters[code]]):
                what = Text(zh=f"“{code}”不能跟别的一起办", en=f"`{code}` cannot go together with others")
                remedy = Text(zh="信访、咨询和保密的事单独办，删掉它", en="Petitions, enquiries and secrets go alone")
                yield row.fault(what, remedy, "matters", place)
        yield from _questions(row, [matters[code] for code in row.value.matters if code in matters])


def _size(row: Row[Bundle]) -> Iterator[Fault]:
    codes = row.value.matters
    if not FEWEST <= len(set(codes)) <= MOST_MATTERS or len(set(codes)) != len(codes):
        what = Text(zh=f"这里写了 {len(codes)} 件事", en=f"There are {len(codes)} matters here")
        remedy = Text(
            zh=f"写 {FEWEST} 到 {MOST_MATTERS} 件，每件一次", en=f"Name {FEWEST} to {MOST_MATTERS}, each once"
        )
        yield row.fault(what, remedy, "matters")


def _questions(row: Row[Bundle], matters: list[Matter]) -> Iterator[Fault]:
    asked = {one.id for one in questions_of(matters, frozenset())}
    for place, answer in enumerate(row.value.answers):
        if answer not in asked:
            yield row.fault(*leads_nowhere("问题", "question", answer), "answers", place)
    left = questions_of(matters, frozenset(row.value.answers))
    if len(left) > MOST_QUESTIONS:
        what = Text(zh=f"要问 {len(left)} 句，太多", en=f"{len(left)} questions are too many")
        remedy = Text(
            zh=f"最多 {MOST_QUESTIONS} 句：不用问的写进 answers，或少放几件",
            en=f"At most {MOST_QUESTIONS}: put what goes without saying into `answers`, or take a matter out",
        )
        yield row.fault(what, remedy, "matters")


def form_faults(rows: Rows) -> Iterator[Fault]:
    """Forms that are no material, bind blanks to nothing, declare nothing, or are signed by nobody who has to."""
    for row in rows.forms:
        for place, code in enumerate(row.value.matters):
            if not rows.has(Matter, code):
                yield row.fault(*leads_nowhere("事项", "matter", code), "matters", place)
        yield from _material(row, rows)
        yield from _blanks(row, rows)
        yield from _declaration(row)


def _material(row: Row[Form], rows: Rows) -> Iterator[Fault]:
    form = row.value
    meant = [
        material
        for matter in rows.matters
        if not form.matters or matter.value.code in form.matters
        for material in matter.value.materials
        if material.code == form.material and material.kind == "form"
    ]
    if not meant:
        yield row.fault(
            *leads_nowhere("要填的表（kind = form 的材料）", "material that is a form", form.material), "material"
        )
    for place, signer in enumerate(form.signers):
        if signer not in SIGNERS:
            yield row.fault(*leads_nowhere("签名的人", "signer", signer), "signers", place)
    wanted = {signer for material in meant for signer in material.signed_by}
    if meant and wanted - set(form.signers):
        names = ", ".join(sorted(wanted - set(form.signers)))
        what = Text(zh=f"事项里写了要签名的，这张表上没有：{names}", en=f"The matters want signatures of {names} too")
        yield row.fault(what, Text(zh="补进 signers", en="Add them to `signers`"), "signers")


def _blanks(row: Row[Form], rows: Rows) -> Iterator[Fault]:
    asked = {question.id for matter in rows.matters for question in matter.value.questions}
    names = [blank.id for blank in row.value.blanks]
    if not names:
        what = Text(zh="这张表一格也没有", en="This form has no blank")
        yield row.fault(what, Text(zh="写上 [[blank]]", en="Write a [[blank]]"), "blanks")
    for place, blank in enumerate(row.value.blanks):
        if names.index(blank.id) != place:
            where = f"{row.sheet.file}:{row.sheet.line((*row.path, 'blanks', names.index(blank.id)))}"
            yield row.fault(*said_twice(blank.id, where), "blanks", place, "id")
        known = not blank.known or blank.known in KNOWN or blank.known.removeprefix(ANSWER) in asked
        if not known:
            what, _remedy = leads_nowhere("知道的内容", "known value", blank.known)
            listed = ", ".join(sorted(KNOWN))
            remedy = Text(zh=f"改成 answer.问题，或其中一个：{listed}", en=f"Use answer.QUESTION, or one of: {listed}")
            yield row.fault(what, remedy, "blanks", place, "known")


def _declaration(row: Row[Form]) -> Iterator[Fault]:
    if not row.value.declaration:
        what = Text(zh="签名的人声明什么，没有写", en="It is not said what is declared with the signature")
        yield row.fault(what, Text(zh="写上 declaration", en="Write a `declaration`"), "declaration")
    for place, text in enumerate(row.value.declaration):
        for language, words in (("zh", text.zh), ("en", text.en)):
            for gap in sorted(set(_GAP.findall(words)) - DECLARATION_GAPS):
                known = ", ".join(sorted(DECLARATION_GAPS))
                what = Text(zh=f"没有叫“{gap}”的空档", en=f"There is no gap `{gap}` here")
                remedy = Text(zh=f"改成其中一个：{known}", en=f"Use one of: {known}")
                yield row.fault(what, remedy, "declaration", place, language)
            if re.search(r"[{}]", _GAP.sub("", words)):
                what = Text(zh="花括号没有配对", en="A brace is not closed")
                yield row.fault(
                    what, Text(zh="空档写成 {名字}", en="Write a gap as {name}"), "declaration", place, language
                )
