"""Reads print on a photograph 认字: a Protocol, and the reader that is there when none is installed.

The real reader is ``gateways/ocr_rapid.py``; it needs the extra ``ocr``. Nothing leaves this machine.
"""

from importlib.util import find_spec
from typing import Final, Literal, Protocol

from msgspec import Struct

from driftbox.domain.consult.paper_lines import Line

NEEDED: Final = ("rapidocr", "onnxruntime", "cv2", "numpy")
Verdict = Literal["dark", "glare", "blurred", "small"]


class Seen(Struct, frozen=True):
    """What a reader made of one photograph: the lines of the upright picture, and what made it hard to read."""

    lines: tuple[Line, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


class Ocr(Protocol):
    """Reads one photograph (JPEG) at a time."""

    def read(self, photo: bytes) -> Seen: ...


class MemoryOcr:
    """Says what it was told to say: for tests of what stands on a reader."""

    def __init__(self, *said: Seen) -> None:
        self._said = list(said)
        self.photos: list[bytes] = []

    def read(self, photo: bytes) -> Seen:
        """The next answer; nothing when there is none left."""
        self.photos.append(photo)
        return self._said.pop(0) if self._said else Seen()


def is_installed() -> bool:
    """Whether the extra ``ocr`` is installed; found without loading it."""
    return all(find_spec(name) for name in NEEDED)
