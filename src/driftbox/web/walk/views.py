"""One page for whoever sees the demo for the first time; outside the demo it is not there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from driftbox.domain.errors import NotFound
from driftbox.web.walk.ways import WAYS


@require_GET
def walk(request: HttpRequest) -> HttpResponse:
    """Six ways through the house.

    Raises:
        NotFound: this is not the demo.
    """
    if not settings.DRIFTBOX_DEMO:
        raise NotFound("no_walk", "这里没有这一页。请从首页进来。")
    return render(request, "walk/walk.html", {"ways": WAYS})
