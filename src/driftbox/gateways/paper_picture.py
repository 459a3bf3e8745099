"""Which straightening of photographed papers this installation has."""

from importlib import import_module
from importlib.util import find_spec


def upright(photo: bytes) -> bytes:
    """The photograph with its paper laid flat, where that is installed (extra ``ocr``); else unchanged."""
    if find_spec("cv2") is None or find_spec("numpy") is None:
        return photo
    flat: bytes = import_module("driftbox.gateways.paper_flat").straightened(photo)
    return flat
