"""Kinds of paper 证件种类 that can be told apart on a photograph: data of the pack (``words/papers.toml``)."""

from typing import Literal

from msgspec import Struct

from driftbox.domain.text import Text

FieldKind = Literal["name", "id_number", "bank_card", "disability_number", "day", "until", "text"]


class PaperField(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing to take out of a paper: it stands behind, or else below, one of the words ``after``.

    ``until`` is the last day of validity. A ``quiet`` field only proves another and is not kept.
    """

    id: str
    name: Text
    kind: FieldKind
    after: tuple[str, ...] = ()
    quiet: bool = False


class PaperKind(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of paper: at least ``needs`` of its ``telling`` words are on it; ``never``: one of these tells it apart.

    ``materials``: which materials of the matters it can be, by code. ``note``: what to do besides.
    """

    code: str
    name: Text
    telling: tuple[str, ...]
    needs: int
    never: tuple[str, ...] = ()
    materials: tuple[str, ...]
    field: tuple[PaperField, ...] = ()
    note: Text | None = None
