"""What a recording really is, by its content, as browsers make them."""

from typing import Final

from driftbox.domain.errors import BadPaper

MAX_BYTES: Final = 160 * 1024 * 1024  # an hour of a call at 350 kbit/s
_MP4: Final = slice(4, 8)


def recording_type(content: bytes) -> str:
    """The media type of a recording, read from its content.

    Raises:
        BadPaper: empty, over 160 MiB, or not a recording that browsers make.
    """
    if len(content) > MAX_BYTES:
        raise BadPaper("recording_large", "这段录像太大，没有留。请分几段录，每段不超过一小时。")
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm"
    if content[_MP4] == b"ftyp":
        return "video/mp4"
    if content.startswith(b"OggS"):
        return "audio/ogg"
    raise BadPaper("not_a_recording", "这不是录像，没有留。接着谈就行，要录请再按一次。")
