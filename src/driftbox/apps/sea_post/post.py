"""Whether this machine is a post at sea, and of which office."""

from datetime import timedelta

from django.conf import settings

from driftbox.apps.node import node_config
from driftbox.apps.pack import current_pack
from driftbox.domain.errors import NotFound
from driftbox.gateways.pack import Office


def this_post() -> Office:
    """The office of this post. A machine of the demo stands in for the first post of the pack.

    Raises:
        NotFound: this machine is a hub or a station.
    """
    config, offices = node_config(), current_pack().offices
    if config.role == "sea-post" and config.office in offices:
        return offices[config.office]
    posts = [office for office in offices.values() if office.kind == "post"]
    if settings.DRIFTBOX_DEMO and config.role == "hub" and posts:
        return posts[0]
    raise NotFound("no_post", "这台机器不是海上信访驿站，没有这一页。要反映事情，请回首页，或者打电话。")


def is_stand_in() -> bool:
    """Whether this is a machine of the demo that only stands in for a post."""
    return node_config().role != "sea-post"


def _minutes(name: str) -> int:
    found = current_pack().settings.get(name)
    return found if isinstance(found, int) and found > 0 else 5


def idle() -> timedelta:
    """After how long without a touch the public screen is cleared (pack setting ``post_idle_minutes``)."""
    return timedelta(minutes=_minutes("post_idle_minutes"))


def sound_limit() -> timedelta:
    """How long one spoken statement may be (pack setting ``post_sound_minutes``)."""
    return timedelta(minutes=_minutes("post_sound_minutes"))
