"""Short-lived credentials for a TURN server, by the REST scheme that coturn calls ``use-auth-secret``."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

LIFE: Final = timedelta(hours=2)  # longer than a sitting; a credential that leaks is worth little the same day


class IceServer(Struct, frozen=True, omit_defaults=True):
    """One server that helps two browsers find each other, in the words of WebRTC (W3C ``RTCIceServer``)."""

    urls: tuple[str, ...]
    username: str = ""
    credential: str = ""


def turn_servers(urls: Sequence[str], secret: str, who: str, *, now: datetime) -> tuple[IceServer, ...]:
    """The TURN servers with credentials for ``who`` that end after ``LIFE``; none where none is set up.

    The name is the second at which it ends and who asked; the password is HMAC-SHA1 of it under the shared secret:
    SHA-1 is what the scheme prescribes (draft-uberti-behave-turn-rest-00 §2.2).
    """
    if not urls or not secret:
        return ()
    name = f"{int((now + LIFE).timestamp())}:{who}"
    mark = hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()
    return (IceServer(tuple(urls), name, base64.b64encode(mark).decode()),)
