"""The app as it is kept on the phone: one page without anybody's data, its words, and the worker that keeps it."""

import io
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from PIL import Image, ImageDraw

from driftbox.apps.pack import calendar
from driftbox.domain.log.entry import digest_of
from driftbox.web.phone.words import WORDS

SCRIPTS: Final = (
    "acts", "app", "canon", "door", "dom", "entry", "form", "idb", "intake", "kept", "papers", "record", "send",
    "tasks", "vault",
)  # fmt: skip
FILES: Final = (
    "base/tokens.css", "base/base.css", "base/sign.css", "phone/phone.css", "base/favicon.svg",
    *(f"phone/{name}.js" for name in SCRIPTS),
)  # fmt: skip
ICON_SIDE: Final = 512
INK, PAPER, SIGNAL = "#0E2234", "#FAF7F0", "#E95B18"
fresh = cache_control(no_cache=True)


def version() -> str:
    """The version of what is kept on the phone: the digest of its files and words. It changes with any of them."""
    return _version() if not settings.DEBUG else _version.__wrapped__()


@cache
def _version() -> str:
    found = (finders.find(name) for name in FILES)
    content = b"".join(Path(path).read_bytes() for path in found if isinstance(path, str))
    said = "".join(gettext_in(code, sentence) for code, _name in settings.LANGUAGES for sentence in WORDS.values())
    return digest_of(content + said.encode() + Path(__file__).read_bytes())[:16]


def gettext_in(code: str, sentence: str) -> str:
    """A sentence in the language ``code``."""
    with override(code):
        return gettext(sentence)


@fresh
@require_GET
def app(request: HttpRequest) -> HttpResponse:
    """The page of the app; everything on it comes from the phone itself."""
    return render(request, "phone/app.html", {"zone": str(calendar().zone)})


@fresh
@require_GET
def words(_request: HttpRequest, code: str) -> HttpResponse:
    """Every sentence of the app in one language, by key."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    return JsonResponse({key: gettext_in(code, sentence) for key, sentence in WORDS.items()})


@fresh
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps and its version; it may look after all of the pocket."""
    pages = [reverse("phone:app"), *(reverse("phone:words", args=[code]) for code, _name in settings.LANGUAGES)]
    kept = [*pages, reverse("phone:manifest"), reverse("phone:icon"), *(static(name) for name in FILES)]
    context = {
        "version": version(),
        "kept": kept,
        "page": pages[0],
        "shared": [static("phone/idb.js"), static("phone/send.js")],
    }
    answer = render(request, "phone/sw.js", context, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = reverse("pocket:today")
    return answer


@fresh
@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """What the phone's home screen shows."""
    icon = {
        "src": reverse("phone:icon"),
        "sizes": f"{ICON_SIDE}x{ICON_SIDE}",
        "type": "image/png",
        "purpose": "any maskable",
    }
    told = {
        "id": reverse("phone:app"), "start_url": reverse("phone:app"), "scope": reverse("pocket:today"),
        "name": gettext("漂流箱 代办员"), "short_name": gettext("漂流箱"), "display": "standalone",
        "background_color": PAPER, "theme_color": PAPER, "icons": [icon],
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")


@fresh
@require_GET
def icon(_request: HttpRequest) -> HttpResponse:
    """The sign on the home screen: a box on the line between sky and sea."""
    return HttpResponse(_icon(), content_type="image/png")


@cache
def _icon() -> bytes:
    picture = Image.new("RGB", (ICON_SIDE, ICON_SIDE), PAPER)
    pen, out = ImageDraw.Draw(picture), io.BytesIO()
    pen.rectangle((0, 300, ICON_SIDE, 312), fill=INK)
    pen.polygon([(172, 164), (324, 148), (340, 300), (188, 316)], fill=SIGNAL)
    picture.save(out, "PNG")
    return out.getvalue()
