"""Small pictures of photographs, to show what is there without sending all of it."""

import io
from typing import Final

from PIL import Image, ImageOps

SIDE: Final = 320  # pixels, the longer side


def thumbnail(content: bytes) -> bytes:
    """A JPEG of at most 320 pixels, upright; ``content`` is a photograph that was looked at before."""
    with Image.open(io.BytesIO(content)) as image:
        small = ImageOps.exif_transpose(image).convert("RGB")
    small.thumbnail((SIDE, SIDE))
    made = io.BytesIO()
    small.save(made, "JPEG", quality=70)
    return made.getvalue()
