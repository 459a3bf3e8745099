"""A form 表 as a pack lays it out: what it asks, what of that is known already, what is declared, and who signs.

Nobody writes down twice what the house knows (Zhejiang 最多跑一次 rules Art. 7). The layouts are ours and say so: where
an office hands out a form of its own, that one is used.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from driftbox.domain.consult.paper_kinds import FieldKind
from driftbox.domain.consult.paper_lines import plain
from driftbox.domain.text import Text

SIGNERS: Final = frozenset({"applicant", "adult_members"})
KNOWN: Final = frozenset(
    {
        "beneficiary.name",
        "beneficiary.phone",
        "beneficiary.id_number",
        "beneficiary.address",
        "beneficiary.disability_card",
        "applicant.name",
        "applicant.phone",
        "applicant.id_number",
        "applicant.relation",
        "matter",
        "department",
        "office",
        "number",
        "today",
    }
)
READ_OFF: Final[Mapping[FieldKind, str]] = {"id_number": "id_number", "disability_number": "disability_card"}
ANSWER: Final = "answer."  # followed by the id of a question: yes or no
DECLARATION_GAPS: Final = frozenset({"matter", "applicant", "beneficiary", "department"})


class Blank(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One blank of a form: ``known`` says where its value comes from; without it somebody writes it in."""

    id: str
    label: Text
    known: str = ""
    hint: Text | None = None
    long: bool = False  # several lines
    required: bool = False


class Form(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One form: which ``material`` it is, for which ``matters`` (empty: any that asks for it), and its blanks.

    ``grants``: with it the principal lets whoever asks act for them (Civil Code Art. 165). ``signers``: codes of
    ``SIGNERS``; with ``adult_members`` every adult of the household signs a copy of their own.
    """

    code: str
    title: Text
    material: str
    blanks: tuple[Blank, ...]
    declaration: tuple[Text, ...]
    signers: tuple[str, ...] = ("applicant",)
    matters: tuple[str, ...] = ()
    grants: bool = False
    source: str = ""


def form_for(forms: Iterable[Form], matter: str, material: str) -> Form | None:
    """The form that is this material of this matter: one made for the matter before one for any."""
    fits = [one for one in forms if one.material == material and (not one.matters or matter in one.matters)]
    return min(fits, key=lambda one: not one.matters, default=None)


def prefill(form: Form, facts: Mapping[str, str], answers: Mapping[str, bool], yes: str, no: str) -> dict[str, str]:
    """What stands in each blank already, by its id: ``facts`` by the names of ``KNOWN``, ``answers`` by question."""
    return {blank.id: _known(blank, facts, answers, yes, no) for blank in form.blanks}


def _known(blank: Blank, facts: Mapping[str, str], answers: Mapping[str, bool], yes: str, no: str) -> str:
    if not blank.known.startswith(ANSWER):
        return facts.get(blank.known, "")
    answer = answers.get(blank.known.removeprefix(ANSWER))
    return "" if answer is None else yes if answer else no


def read_off(papers: Iterable[Mapping[FieldKind, str]], names: Mapping[str, str]) -> dict[str, str]:
    """What confirmed photographs of papers say, by the names of ``KNOWN``; of two papers the later one counts.

    A paper speaks only for whoever's name is on it: ``names`` are those of the beneficiary and the applicant.
    """
    whose = {plain(name): [who for who, other in names.items() if other == name] for name in names.values() if name}
    return {
        f"{who}.{READ_OFF[kind]}": value
        for paper in papers
        for kind, value in paper.items()
        if kind in READ_OFF and value
        for who in whose.get(plain(paper.get("name", "")), ())
        if f"{who}.{READ_OFF[kind]}" in KNOWN
    }


def declared(form: Form, facts: Mapping[str, str], language: str) -> list[str]:
    """What is declared with the signature, its gaps filled."""
    gaps = {"matter": facts.get("matter", ""), "department": facts.get("department", "")}
    gaps |= {who: facts.get(f"{who}.name", "") for who in ("applicant", "beneficiary")}
    return [text.in_language(language).format(**gaps) for text in form.declaration]
