"""Which entries of a docket count when a node is there twice: a pure function of what is held, so all nodes agree."""

from collections.abc import Container, Iterable
from typing import Literal

from msgspec import Struct

Doubled = Literal["two_under_one_id", "forked_chain"]


class Link(Struct, frozen=True):
    """What a chain needs to know of one stored entry of a docket; ``prev`` is empty for a node's first."""

    id: str
    node: str
    digest: str
    prev: str


def losing_lines(links: Iterable[Link], released: Container[str]) -> dict[str, Doubled]:
    """The digests that do not count, each with why, of one docket's ``links``.

    Of two facts under one id the one with the smaller digest counts, as in ``merge``. Of two heirs of one entry under
    one node's name (a cloned disk, a backup put back) the older counts; whatever follows the other falls with it.
    What a person ``released`` counts all the same, and so does what follows it; under one id, instead of the other.
    """
    ordered = sorted(links, key=lambda link: (link.id, link.digest not in released, link.digest))
    heirs: dict[tuple[str, str], list[Link]] = {}
    losing: dict[str, Doubled] = {}
    seen = ""
    for link in ordered:
        heirs.setdefault((link.node, link.prev), []).append(link)
        if link.id == seen:
            losing[link.digest] = "two_under_one_id"
        seen = link.id
    for line in heirs.values():
        for link in line[1:]:
            if link.digest not in released:
                losing.setdefault(link.digest, "forked_chain")
    return _with_followers(ordered, losing, heirs, released)


def _with_followers(
    ordered: list[Link],
    losing: dict[str, Doubled],
    heirs: dict[tuple[str, str], list[Link]],
    released: Container[str],
) -> dict[str, Doubled]:
    waiting = [link for link in ordered if link.digest in losing]
    while waiting:
        link = waiting.pop()
        for heir in heirs.get((link.node, link.digest), ()):
            if heir.digest not in losing and heir.digest not in released:
                losing[heir.digest] = losing[link.digest]
                waiting.append(heir)
    return losing
