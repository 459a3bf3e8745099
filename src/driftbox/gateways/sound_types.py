"""What a spoken statement really is, by its content, as the recorders of browsers make them."""

from typing import Final

from driftbox.domain.errors import BadPaper

MAX_BYTES: Final = 8 * 1024 * 1024  # ten minutes of speech at 100 kbit/s
KINDS: Final = frozenset({"audio/webm", "audio/mp4", "audio/ogg"})
_HEAD: Final = 16 * 1024  # tracks are told before the first sound
_MP4: Final = slice(4, 8)


def sound_type(content: bytes) -> str:
    """The media type of a spoken statement, read from its content.

    Raises:
        BadPaper: empty, over 8 MiB, with a picture in it, or no recording that browsers make.
    """
    if len(content) > MAX_BYTES:
        raise BadPaper("sound_large", "这段话录得太长，没有留。请分几段说，或者只说要紧的。")
    head = content[:_HEAD]
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"A_" in head and b"V_" not in head:
        return "audio/webm"
    if head[_MP4] == b"ftyp" and b"vide" not in head:
        return "audio/mp4"
    if head.startswith(b"OggS") and b"theora" not in head:
        return "audio/ogg"
    raise BadPaper("not_a_sound", "这段录音没有认出来，没有留。请再录一次，或者打字。")
