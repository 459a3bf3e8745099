"""How a post stands, for its screens: what is safe here, what waits for the shore, and when it met the shore last."""

from datetime import datetime

from msgspec import Struct

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load_many
from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.node import node_config
from driftbox.apps.pack import current_pack
from driftbox.apps.sea_post.models import LandingRow
from driftbox.apps.sea_post.post import this_post
from driftbox.apps.sync.models import PeerRow
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import instant
from driftbox.gateways.pack import Pier

SHOWN = 200  # petitions of one list


class Landing(Struct, frozen=True):
    """The pier at which this post lands next, and when."""

    pier: Pier
    at: datetime


class Post(Struct, frozen=True):
    """How this post stands: petitions safe here, which of them the shore does not have yet, the last meeting with the
    shore (None: never), when those that wait came in, and the next landing as far as it is known.
    """

    safe: int
    waiting: int
    met: datetime | None
    times: tuple[datetime, ...]
    landing: Landing | None


def post_stands(now: datetime) -> Post:
    """How this post stands. Nothing in it leads to a person."""
    waits = waiting_ashore()
    peer = PeerRow.objects.exclude(met=None).order_by("-met").first()
    return Post(
        safe=CaseRow.objects.filter(office=this_post().code, procedure="petition").count(), waiting=len(waits),
        met=peer.met if peer else None, times=tuple(_received(one) for one in waits[:2]), landing=landing(now),
    )  # fmt: skip


def waiting_ashore() -> list[Docket]:
    """The petitions of this post of which the shore lacks something, the latest first."""
    hub = PeerRow.objects.filter(pk=node_config().hub).first()
    acked = hub.acked if hub else 0
    rows = CaseRow.objects.filter(office=this_post().code, procedure="petition").order_by("-docket")
    found = list(rows.values_list("docket", flat=True)[:SHOWN])
    unsent = set(EntryRow.objects.filter(docket__in=found, seq__gt=acked).values_list("docket", flat=True))
    return [one.docket for key, one in load_many([key for key in found if key in unsent]).items() if key]


def disputes() -> list[Docket]:
    """The petitions of this post with a mediation that has not ended, the latest first."""
    rows = CaseRow.objects.filter(office=this_post().code, procedure="petition").order_by("-docket")
    loaded = load_many(list(rows.values_list("docket", flat=True)[:SHOWN]))
    return [one.docket for one in loaded.values() if one.docket.sea.mediation and not one.docket.sea.mediation.outcome]


def landing(now: datetime) -> Landing | None:
    """Where this post lands next, if its staff said so and it is still ahead."""
    row = LandingRow.objects.filter(pk=1, at__gt=now).first()
    pier = current_pack().piers.get(row.pier) if row else None
    return Landing(pier, row.at) if row and pier else None


def set_landing(pier: str, at: datetime, *, now: datetime) -> None:
    """Say where and when this post lands next.

    Raises:
        Refused: no such pier, or a time that is over; what was said before stands.
    """
    if pier not in current_pack().piers or at <= now:
        raise Refused("no_landing", "码头或时间不对，没有改。请选一个码头，写一个还没到的时间。")
    LandingRow.objects.update_or_create(pk=1, defaults={"pier": pier, "at": at})


def _received(docket: Docket) -> datetime:
    return instant(docket.sea.received_ms or docket.opened_ms)
