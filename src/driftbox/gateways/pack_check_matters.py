"""Checks of the matters of a pack, and of how people say them."""

from collections.abc import Iterator

from driftbox.domain.consult.bundle import MOST_QUESTIONS
from driftbox.domain.consult.holdings import may_be_reused
from driftbox.domain.consult.matter import Matter
from driftbox.domain.docket.procedure import Procedure
from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault, leads_nowhere, no_basis
from driftbox.gateways.pack_rows import Row, Rows

_DECIDES = ("bureau", "centre", "department")
_IDENTITY_CARD = "身份证"
_STAYS = ("copy", "form", "photo")
MOST_MONTHS = 120  # of any paper: longer is a slip of the pen


def matter_faults(rows: Rows) -> Iterator[Fault]:
    """Procedures, offices and answers named but not there; limits without source; identity cards kept."""
    deciders = {row.value.code for row in rows.offices if row.value.kind in _DECIDES}
    for row in rows.matters:
        matter = row.value
        if not rows.has(Procedure, matter.procedure):
            yield row.fault(*leads_nowhere("程序", "procedure", matter.procedure), "procedure")
        if matter.department not in deciders:
            yield row.fault(*leads_nowhere("能做决定的部门", "deciding office", matter.department), "department")
        yield from _answers(row)
        yield from _limit(row)
        yield from _identity(row)
        yield from _validity(row)
    yield from _validities_differ(rows)
    yield from _instead(rows)


def _answers(row: Row[Matter]) -> Iterator[Fault]:
    asked = {question.id for question in row.value.questions}
    used: set[str] = set()
    for place, material in enumerate(row.value.materials):
        for key, answers in (("when", material.when), ("unless", material.unless)):
            used.update(answers)
            for item, answer in enumerate(answers):
                if answer not in asked:
                    yield row.fault(*leads_nowhere("问题", "question", answer), "materials", place, key, item)
    if len(row.value.questions) > MOST_QUESTIONS:
        what = Text(zh=f"问了 {len(asked)} 句，太多", en=f"{len(asked)} questions are too many")
        remedy = Text(zh=f"最多 {MOST_QUESTIONS} 句，别的不问", en=f"Ask at most {MOST_QUESTIONS}")
        yield row.fault(what, remedy, "questions", MOST_QUESTIONS)
    for place, question in enumerate(row.value.questions):
        if question.id not in used:
            what = Text(
                zh=f"“{question.id}”问了，却没有材料用到答案",
                en=f"`{question.id}` is asked, but no material depends on it",
            )
            remedy = Text(zh="用不着的就不问，删掉它", en="Ask nothing you do not need: remove it")
            yield row.fault(what, remedy, "questions", place)


def _limit(row: Row[Matter]) -> Iterator[Fault]:
    limit = row.value.limit
    if limit is None:
        return
    if not limit.basis.strip():
        yield row.fault(*no_basis(), "limit", "basis")
    if limit.promise_days is not None and limit.days is not None and limit.promise_days > limit.days:
        what = Text(zh="答应的日子比法律规定的还晚", en="The promise is later than the law allows")
        remedy = Text(zh=f"最多写 {limit.days}", en=f"At most {limit.days}")
        yield row.fault(what, remedy, "limit", "promise_days")


def _identity(row: Row[Matter]) -> Iterator[Fault]:
    for place, material in enumerate(row.value.materials):
        if material.kind == "original" and (_IDENTITY_CARD in material.name.zh or "id_card" in material.code):
            what = Text(
                zh=f"“{material.name.zh}”写成了收原件，身份证谁也不能扣（居民身份证法第15、16条）",
                en=f"`{material.code}` is taken as an original; nobody may keep an identity card (Arts. 15–16)",
            )
            remedy = Text(zh='改成 kind = "copy" 或 "shown"', en='Make it kind = "copy" or "shown"')
            yield row.fault(what, remedy, "materials", place, "kind")


def _validity(row: Row[Matter]) -> Iterator[Fault]:
    """A paper can be used again only if it stayed with us, needs no fresh signature, and says how long."""
    for place, material in enumerate(row.value.materials):
        if not may_be_reused(material):
            continue
        key = "never_expires" if material.never_expires else "valid_months"
        if material.never_expires and material.valid_months is not None:
            what = Text(zh="又写了几个月有效，又写了一直有效", en="Both `valid_months` and `never_expires`")
            yield row.fault(what, Text(zh="删掉一个", en="Remove one"), "materials", place, key)
        if material.valid_months is not None and not 1 <= material.valid_months <= MOST_MONTHS:
            what = Text(zh=f"有效 {material.valid_months} 个月不成立", en=f"Not a validity: {material.valid_months}")
            remedy = Text(zh=f"写 1 到 {MOST_MONTHS} 个月；每次都要新的就删掉", en=f"1 to {MOST_MONTHS}, or remove it")
            yield row.fault(what, remedy, "materials", place, key)
        if material.kind not in _STAYS or material.supplied_by == "office" or material.signed_by:
            what = Text(zh=f"“{material.name.zh}”不会再用到，写不了有效期", en=f"`{material.code}` is never used again")
            remedy = Text(
                zh="只有您交来、留下、不用重新签名的复印件、表和照片才写；删掉有效期",
                en="Only unsigned copies, forms and photos that a resident hands in have a validity: remove it",
            )
            yield row.fault(what, remedy, "materials", place, key)


def _validities_differ(rows: Rows) -> Iterator[Fault]:
    """People are told one day until which a paper is good: every matter that states one must state the same."""
    first: dict[tuple[str, str], tuple[bool, int | None]] = {}
    for row in rows.matters:
        for place, material in enumerate(row.value.materials):
            if not may_be_reused(material):
                continue
            validity = (material.never_expires, material.valid_months)
            known = first.setdefault((material.code, material.kind), validity)
            if validity != known:
                what = Text(
                    zh=f"“{material.name.zh}”的有效期，跟别的事项里写的不一样",
                    en=f"`{material.code}` has another validity in another matter",
                )
                remedy = Text(zh="改成一样的；要新的就删掉有效期", en="Make them the same, or remove it: always fresh")
                key = "never_expires" if material.never_expires else "valid_months"
                yield row.fault(what, remedy, "materials", place, key)


def _instead(rows: Rows) -> Iterator[Fault]:
    codes = {material.code for row in rows.matters for material in row.value.materials}
    for row in rows.matters:
        for place, material in enumerate(row.value.materials):
            for item, code in enumerate(material.instead):
                if code not in codes or code == material.code:
                    yield row.fault(
                        *leads_nowhere("别的材料", "other material", code), "materials", place, "instead", item
                    )


def saying_faults(rows: Rows) -> Iterator[Fault]:
    """Sayings that mean no matter, or one that is not there."""
    for row in rows.sayings:
        for place, matter in enumerate(row.value.matters):
            if not rows.has(Matter, matter):
                yield row.fault(*leads_nowhere("事项", "matter", matter), "matters", place)
        if not row.value.matters:
            what = Text(zh=f"“{row.value.say}”没有对上任何事项", en=f"`{row.value.say}` means no matter")
            yield row.fault(what, Text(zh="写上事项的 code", en="Name the code of a matter"), "matters")
