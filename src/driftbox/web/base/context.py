"""What every template may ask: the pack, the day, and how this visitor wants to read."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from driftbox.apps.pack import calendar, disk_pack
from driftbox.web.base.middleware import now_of
from driftbox.web.base.views import ELDER, MODE_COOKIE


def house(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: ``elder``, ``pack``, ``place`` (Text), ``language``, ``today``."""
    pack = disk_pack()  # error pages ask too, and must not need the database
    root = next((office for office in pack.offices.values() if not office.parent), None)
    return {
        "elder": request.COOKIES.get(MODE_COOKIE) == ELDER,
        "pack": pack,
        "place": root.short if root else pack.region,
        "language": get_language() or "zh-hans",
        "today": calendar().local_date(now_of(request)),
    }
