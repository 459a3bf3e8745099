"""Addresses of signalling, and who may knock: pages of our own hosts only, with their session and cookies."""

from typing import Any, cast

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from driftbox.web.video.consumers import Call

call = cast("Any", Call.as_asgi())  # Django types its patterns for pages only
websocket_urlpatterns: list[Any] = [path("ws/video/<str:room>/", call)]
application = ProtocolTypeRouter(
    {"websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))}
)
