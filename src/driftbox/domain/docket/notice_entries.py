"""The vocabulary of written notices 文书: that one was issued, as which files, and that it reached the person.

A notice's words are sealed papers. What everybody may check is its mark: the digest of a code that only whoever holds
the notice can read.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from driftbox.domain.docket.petition_entries import Proof, Service
from driftbox.domain.log.codes import Code, Digest, Key, MaybeKey
from driftbox.domain.log.entry import Body

Serial = Annotated[str, Meta(pattern=r"^[a-z0-9-]{3,60}$")]


class NoticeCopy(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file of a notice: in which language, in large type or not; ``paper`` is it sealed, ``content`` the SHA-256 of
    the PDF itself, by which a file that somebody holds is compared.
    """

    language: Literal["zh", "en"] = "zh"
    large: bool = False
    paper: Digest
    content: Digest


class NoticeIssued(Body, frozen=True):
    """A notice was issued 出具文书: which kind of the pack, its serial number 编号, the entry it tells of, its files.

    ``office`` is whose seal it bears; ``mark`` is the SHA-256 of the code in its QR code.
    """

    notice: Code
    serial: Serial
    office: Code
    about: Key
    mark: Digest
    copies: Annotated[tuple[NoticeCopy, ...], Meta(min_length=1)]


class NoticeServed(Body, frozen=True):
    """A notice reached the person 送达: in person, through an agent, by post or electronically, and on what proof.

    The day is when the entry happened. ``paper``: who signed, and the witnesses; ``picture``: the drawn signature or
    the photograph. An opinion is served by ``opinion.served``, ``review.served`` or ``rereview.served`` instead.
    """

    serial: Serial
    way: Service = "in_person"
    proof: Proof = "signature"
    to: MaybeKey = ""
    paper: Digest | None = None
    picture: Digest | None = None


KINDS: dict[str, type[Body]] = {"notice.issued": NoticeIssued, "notice.served": NoticeServed}
