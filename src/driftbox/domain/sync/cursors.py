"""How far two nodes know each other: cursors 进度 over the sender's table, and what an answer does to them.

A node sends what stands behind the place that the other has acknowledged, until it is acknowledged, so that
a lost bundle is no loss. Numbers that go back, a place that goes back, or one number on two bundles: the store was put
back from an older copy, or is there twice. That is alarmed, and both sides send again. Nothing is ever taken away.
"""

from typing import Final, Literal

from msgspec import Struct, structs

Alarm = Literal["", "store_went_back", "store_made_anew", "own_store_went_back"]
ANY: Final = ""


class Peer(Struct, frozen=True, kw_only=True):
    """Another node, as this one knows it.

    ``acked``: of our table, it has taken all up to there. ``taken``: of its table, we have; ``life``: of its store.
    ``returns``: of our table, what came from it up to there may be lost to it, and is sent back too.
    ``sent``: the number of the last bundle made for it. ``seen``: the highest number heard from it.
    ``compared``: up to there of our table it holds all but what was found to be lacking when both compared.
    """

    node: str
    life: str = ""
    acked: int = 0
    taken: int = 0
    returns: int = 0
    sent: int = 0
    seen: int = 0
    compared: int = 0


class Said(Struct, frozen=True, kw_only=True):
    """What a peer says of where it stands: its store's ``life``, the ``number`` of its last bundle for us, and how far
    it has taken our table (``ack``) of which life of ours (``of_life``, empty: it wants all again).
    """

    life: str
    number: int
    of_life: str
    ack: int


class Met(Struct, frozen=True):
    """A peer after something was heard from it, and what is to be alarmed."""

    peer: Peer
    alarm: Alarm = ""


def hear(peer: Peer, said: Said, *, own_life: str, top: int, twice: bool = False) -> Met:
    """Where a peer stands after what it ``said`` face to face, or in a bundle that is the newest of it.

    ``top``: the last place of our table. ``twice``: its number came before, on another bundle.
    """
    alarm: Alarm = ""
    if peer.life and said.life != peer.life:
        alarm = "store_made_anew"
    elif twice or said.number < peer.seen or (said.of_life == own_life and said.ack < peer.acked):
        alarm = "store_went_back"
    if alarm:
        peer = structs.replace(
            peer, taken=0, returns=top, compared=0
        )  # its table is not the one that we have counted on
    if said.of_life != own_life:
        acked = 0
    elif said.ack > top:
        acked, alarm = peer.acked, alarm or "own_store_went_back"
        peer = structs.replace(peer, compared=0)
    else:
        acked = said.ack
    return Met(structs.replace(peer, life=said.life, seen=said.number, acked=acked), alarm)


def took(peer: Peer, life: str, base: int, upto: int) -> Peer:
    """A peer whose bundle, holding what stands from behind ``base`` up to ``upto`` of its table, was taken in.

    One that begins behind what we have taken moves no cursor, so that what lies between is sent again.
    """
    if life != peer.life or base > peer.taken:
        return peer
    return structs.replace(peer, taken=max(peer.taken, upto))


def own_ack(peer: Peer) -> tuple[str, int]:
    """What to tell the peer of its own table: life and place; no life where it is to send all again."""
    return (peer.life, peer.taken) if peer.taken else ("", 0)


def goes_back(peer: Peer, place: int, came_from: str) -> bool:
    """Whether an entry at ``place`` of our table is sent to the peer, given from whom it came."""
    return came_from != peer.node or place <= peer.returns
