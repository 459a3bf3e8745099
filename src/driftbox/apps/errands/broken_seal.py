"""The story 封条破了: a seal is broken and a paper lacks; held, photographed, told to both ends, settled.

Everybody in it is invented.
"""

from base64 import b64decode
from collections.abc import Iterator

from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.carriage import collect, count
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.incidents import notify, photograph, settle
from driftbox.apps.errands.night_call import LABEL, Scene, Stage, ask_once, over_the_sea, papers_of
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket

PICTURE = b64decode(  # one grey dot: the story needs a photograph, and nobody's papers
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mM4AQAAygDJNEIn8wAAAABJRU5ErkJggg=="
)


def play(stage: Stage) -> Iterator[Scene]:
    """Play the story scene by scene."""
    docket = Docket()
    for scene in ask_once(stage):
        docket = scene.docket
        yield scene
    for part in (over_the_sea, _found_broken, _settled):
        for scene in part(stage, docket):
            docket = scene.docket
            yield scene


def _found_broken(stage: Stage, docket: Docket) -> Iterator[Scene]:
    """The agent sees it at the pier, photographs it before it is touched, and counts with care."""
    agent, parcel = stage.staff["chen"].person, next(iter(docket.parcels))
    at = stage.at(2, "10:55")
    hand = Hand(by=agent, role="agent", now=at)
    docket = collect(LABEL, parcel, hand, seal="broken")
    yield Scene(at, docket)
    at = stage.at(2, "10:57")
    photograph(docket.id, docket.on_hold[0].entry, (PICTURE,), Hand(by=agent, role="agent", now=at))
    docket = count(docket.id, parcel, papers_of(docket)[1:], Hand(by=agent, role="agent", now=stage.at(2, "11:10")))
    yield Scene(stage.at(2, "11:10"), docket)
    at = stage.at(2, "11:12")
    photograph(docket.id, docket.on_hold[-1].entry, (PICTURE,), Hand(by=agent, role="agent", now=at))


def _settled(stage: Stage, docket: Docket) -> Iterator[Scene]:
    """Both ends are told; the family never put that paper in, and the box was only knocked about."""
    clerk, director = stage.staff["lin"].person, stage.staff["hu"].person
    at = stage.at(2, "11:20")
    for one in docket.on_hold:
        notify(docket.id, one.entry, ("sender", "receiver"), Hand(by=clerk, role="clerk", now=at))
    at = stage.at(2, "14:00")
    seal, lacking = docket.on_hold
    hand = Hand(by=director, role="director", now=at)
    settle(docket.id, seal.entry, "accepted", "knocked_about", hand)
    settle(docket.id, lacking.entry, "found", "left_at_home", hand)
    bodies = [e.MaterialsLacking(lacking=lacking.codes)]
    agent = stage.staff["chen"].person
    yield Scene(at, record(docket.id, bodies, by=agent, role="agent", now=stage.at(2, "14:05")))
