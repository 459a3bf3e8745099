"""What a docket says of its written notices 文书."""

from typing import Final

from msgspec import Struct

from driftbox.domain.docket.notice_entries import NoticeCopy

OPINIONS: Final = frozenset({"opinion", "review_opinion", "rereview_opinion"})


class Notice(Struct, frozen=True):
    """A notice as issued, and how it was served; ``served_ms`` 0: not yet. ``proof_paper``: who signed for it."""

    entry: str
    kind: str
    serial: str
    office: str
    about: str
    mark: str
    copies: tuple[NoticeCopy, ...]
    issued_ms: int
    served_ms: int = 0
    way: str = ""
    proof: str = ""
    proof_paper: str = ""
    picture: str = ""

    @property
    def is_opinion(self) -> bool:
        """Whether serving it is serving the written opinion, which starts the next clock."""
        return self.kind in OPINIONS

    def copy_in(self, language: str, *, large: bool) -> NoticeCopy | None:
        """The file in ``language`` and size, if it was made."""
        return next((one for one in self.copies if one.language == language and one.large == large), None)
