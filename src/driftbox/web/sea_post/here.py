"""Which post a page belongs to, and what the person in front of the screen is telling."""

from typing import Any

from django.http import HttpRequest

from driftbox.apps.sea_post.drafts import Draft, draft
from driftbox.apps.sea_post.post import idle, is_stand_in, this_post
from driftbox.apps.sea_post.queries import post_stands
from driftbox.domain.errors import NotFound
from driftbox.web.base.middleware import now_of

DRAFT, RECEIPT = "sea_draft", "sea_receipt"  # of a browser's session


def around(request: HttpRequest) -> dict[str, Any]:
    """What every page of the post shows.

    Raises:
        NotFound: this machine is no post.
    """
    post = this_post()
    return {
        "post": post, "stands": post_stands(now_of(request)), "moment": now_of(request), "stand_in": is_stand_in(),
        "idle": int(idle().total_seconds()),
    }  # fmt: skip


def telling(request: HttpRequest) -> Draft | None:
    """What is being told at this screen; None when nothing is, or nobody touched it for long."""
    this_post()
    held = request.session.get(DRAFT, "")
    try:
        found = draft(held) if held else None
    except NotFound:
        found = None
    if found is None or found.done or now_of(request) - found.touched >= idle():
        request.session.pop(DRAFT, None)
        return None
    return found
