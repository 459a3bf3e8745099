"""A matter 事项 as a pack describes it: what may be asked for, and what it takes.

Field names follow GB/T 39046—2020 where it has them (事项, 材料, 承诺办结时限 …).
"""

from typing import Literal

from msgspec import Struct

from driftbox.domain.deadlines.rules import MatterLimit
from driftbox.domain.text import Text

MaterialKind = Literal["original", "copy", "form", "photo", "shown"]
Supplier = Literal["resident", "office"]


RESULT = Text(zh="办理结果", en="the result")  # what comes out, where the source does not say


class Material(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One material 材料.

    ``kind``: what is handed in; identity documents are always ``copy`` or ``shown``, never kept as originals
    (Resident Identity Card Law Arts. 15–16). ``supplied_by`` ``office``: the office looks it up itself and must not
    ask for it; ``ground`` then names the article. ``when``: answers that make it needed, any one suffices; empty
    means always. ``unless``: answers that make it unnecessary. ``valid_months``: how long a paper once held stays
    good; None means it must be fresh, unless it ``never_expires``. ``instead``: codes of other materials that will do
    for this one when they are held already, such as the whole household register for one page of it.
    """

    code: str
    name: Text
    kind: MaterialKind
    issuer: Text
    copies: int = 1
    supplied_by: Supplier = "resident"
    ground: str = ""
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    note: Text | None = None
    signed_by: tuple[str, ...] = ()
    needs_presence: bool = False
    valid_months: int | None = None
    never_expires: bool = False
    instead: tuple[str, ...] = ()
    may_follow: bool = False  # 容缺: may be supplied after acceptance (Zhejiang 最多跑一次 rules Art. 11)


class Question(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One plain yes/no question whose ``yes`` adds or spares materials; ``id`` is the answer key in ``when``."""

    id: str
    ask: Text
    hint: Text | None = None


class Matter(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One matter 事项 that a resident may ask for.

    ``plain`` is how a neighbour would say it; ``name`` how the law does. ``confidential`` matters go past agents
    unopened (Regulation on petition work Art. 30). ``presence`` needs the person in body; ``at_home``: what of it a
    home visit replaces. ``limit`` None: the source gives no figure, so none is shown.
    """

    code: str
    procedure: str
    name: Text
    plain: Text
    lead: Text
    category: Text
    department: str  # office code of the body that decides
    department_note: Text
    agent_allowed: bool
    confidential: bool = False
    materials: tuple[Material, ...] = ()
    questions: tuple[Question, ...] = ()
    looked_up: tuple[Text, ...] = ()
    presence: tuple[Text, ...] = ()
    at_home: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()
    result: Text = RESULT
    fee: Text = Text(zh="不收钱", en="No charge")
    limit: MatterLimit | None = None
    eligibility: Text | None = None
    aliases: tuple[str, ...] = ()
    remedy: Text | None = None
    source: str = ""
    confidence: Literal["seen", "mixed", "memory"] = "memory"
    featured: int = 0  # place on the home page; 0 is not shown there
