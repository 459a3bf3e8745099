"""A photograph of a paper, straightened where the extra ``ocr`` is installed; else, and in doubt, as it was taken."""

import cv2
import numpy as np

from driftbox.gateways.photo_flat import flatten

SHARP = 92  # JPEG quality


def straightened(photo: bytes) -> bytes:
    """The paper alone, seen from straight above, as JPEG; the photograph itself where no paper can be made out."""
    picture = cv2.imdecode(np.frombuffer(photo, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        return photo
    flat, found = flatten(picture)
    if not found:
        return photo
    done, packed = cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, SHARP])
    return packed.tobytes() if done else photo
