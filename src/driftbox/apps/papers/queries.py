"""Open sealed papers."""

from collections.abc import Iterable

from msgspec import Struct

from driftbox.apps.node import keys, paper_store
from driftbox.apps.papers.models import KeyRow, PaperRow
from driftbox.domain.errors import BadPaper, NotFound
from driftbox.gateways.keys import unseal


class Opened(Struct, frozen=True):
    """A paper in clear, with its media type."""

    media_type: str
    content: bytes


def key_of(context: str) -> bytes:
    """The key of a docket or person.

    Raises:
        BadPaper: never made for this node, or destroyed.
    """
    signer = keys()
    row = KeyRow.objects.filter(context=context, node=signer.node).first()
    if row is None:
        raise BadPaper("not_for_us", "这份材料不是封给这里的，打不开。")
    if row.destroyed is not None:
        raise BadPaper("erased", "这里写过的话按规定抹去了，只留下做过什么的凭据。")
    return signer.unwrap(bytes(row.wrapped), context)


def keys_of(contexts: Iterable[str]) -> dict[str, bytes]:
    """The keys of many dockets or persons in one query; those destroyed or never made are left out."""
    signer = keys()
    rows = KeyRow.objects.filter(context__in=set(contexts), node=signer.node, destroyed=None)
    return {row.context: signer.unwrap(bytes(row.wrapped), row.context) for row in rows}


def open_paper(docket: str, digest: str) -> Opened:
    """The paper ``digest`` of ``docket`` in clear; the caller has gone through the docket's guarded door.

    Raises:
        NotFound: no such paper in this docket.
        BadPaper: the key is gone, the bytes are altered or not here yet.
    """
    named = digest.isascii() and digest.isprintable()  # PostgreSQL refuses a NUL where SQLite finds nothing
    row = PaperRow.objects.filter(docket=docket, digest=digest).first() if named else None
    if row is None:
        raise NotFound("no_paper", "没有这份材料。")
    return Opened(row.media_type, unseal(key_of(docket), paper_store().get(digest), docket))


def read_texts(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The words of many text papers, given as docket and digest, by docket; what cannot be opened is left out."""
    asked = dict(wanted)
    opened, texts = keys_of(asked), dict[str, str]()
    for docket, key in opened.items():
        try:
            texts[docket] = unseal(key, paper_store().get(asked[docket]), docket).decode()
        except (BadPaper, UnicodeDecodeError):
            continue  # not here yet, or a photograph: there are no words
    return texts


def read_text(docket: str, digest: str) -> str:
    """The words of a text paper, or the reason why they cannot be read; nothing for a photograph or a PDF."""
    try:
        return open_paper(docket, digest).content.decode()
    except UnicodeDecodeError:
        return ""
    except (BadPaper, NotFound) as gone:
        return str(gone)
