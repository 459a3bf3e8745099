"""What a docket says of a petition 信访 beyond what every case has. Immutable: an effect puts a changed copy in its
place, so that forks of a docket share it and errands carry one reference.
"""

from msgspec import Struct


class Opinion(Struct, frozen=True):
    """The written opinion 意见书 as issued: its outcome, and its sealed facts, grounds and legal basis."""

    outcome: str
    facts: str
    grounds: str
    basis: str
    serial: str


class Asked(Struct, frozen=True):
    """Something asked for that somebody else decides: who asked, for which person or how many days, and why."""

    by: str
    reason: str
    days: int = 0
    person: str = ""
    entry: str = ""


class Link(Struct, frozen=True):
    """Another docket that belongs to this one, and how; ``ended``: it went through re-review."""

    docket: str
    relation: str
    ended: bool = False


class Card(Struct, frozen=True):
    """A yellow or red card 黄牌、红牌; ``withdrawn``: the reason it was taken back, or empty."""

    entry: str
    colour: str
    office: str
    ground: str
    withdrawn: str = ""
    answered: str = ""


class Pressed(Struct, frozen=True):
    """An act of supervision 督办: ``how`` (opened, under a ground of Art. 40; reminded; taken_over; met: ``ground``
    is the day), of which office, and the paper that answered it, or empty.
    """

    entry: str
    ground: str
    answered: str = ""
    how: str = "opened"
    office: str = ""


class Petition(Struct, frozen=True):
    """A petition as its entries say it is.

    ``tier``: 0 first handling, 1 review, 2 re-review. ``office``: the body it was sent to. ``barred``: persons who
    may not handle it. ``access``: persons who may see it although it is confidential. ``opened_by``: those among them
    who opened it in an emergency. ``merged``: dockets merged into this one; ``merged_into``: the one it is part of;
    ``apart``: dockets that read alike and are not the same.
    """

    sort: str = ""
    route: str = ""
    confirmed: bool = False
    taken: bool = False
    anonymous: bool = False
    receipt_kept: bool = False
    petitioners: int = 1
    representatives: tuple[str, ...] = ()
    tier: int = 0
    reviewed: str = ""
    review: str = ""
    late: bool = False
    excused: bool = False
    office: str = ""
    report_by: str = ""
    reported: bool = False
    received: bool = False
    objected: bool = False
    transfers: int = 0
    rung: str = ""
    contenders: tuple[str, ...] = ()
    handler: str = ""
    handlers: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    complained: tuple[str, ...] = ()
    complained_offices: tuple[str, ...] = ()
    recusals: tuple[Asked, ...] = ()
    heard: int = 0
    investigated: int = 0
    mediated: bool = False
    hearing: bool = False
    extension: Asked | None = None
    extended: int = 0
    opinion: Opinion | None = None
    electronic: bool = False
    failed_services: int = 0
    execution: str = ""
    door: str = ""
    links: tuple[Link, ...] = ()
    merged: tuple[str, ...] = ()
    merged_into: str = ""
    ended_before: bool = False
    apart: tuple[str, ...] = ()
    asking: tuple[Asked, ...] = ()
    access: tuple[str, ...] = ()
    opened_by: tuple[str, ...] = ()
    messages: int = 0
    unanswered: int = 0
    cards: tuple[Card, ...] = ()
    pressed: tuple[Pressed, ...] = ()
    reopening: Asked | None = None
    reopen_granted: bool = False
    reopened: int = 0
    ratings: int = 0
    called_back: bool = False
    mended: bool = False

    @property
    def may_open(self) -> frozenset[str]:
        """Persons who may see the petition although it is confidential: the handler and those let in."""
        return frozenset(filter(None, (self.handler, *self.access, *self.opened_by)))

    @property
    def waiting_supervision(self) -> int:
        """How many acts of supervision nobody has answered yet, cards that stand among them."""
        return sum(not one.answered for one in self.pressed) + sum(not one.answered for one in self.cards_standing)

    @property
    def cards_standing(self) -> tuple[Card, ...]:
        """The cards that were not taken back."""
        return tuple(card for card in self.cards if not card.withdrawn)


NO_PETITION = Petition()
