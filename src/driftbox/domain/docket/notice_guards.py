"""What facts speak against issuing or serving a notice: each refusal says what was kept and what to do instead."""

from collections.abc import Callable
from typing import Any

from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.notice_effects import notice_of
from driftbox.domain.docket.notice_entries import NoticeIssued, NoticeServed
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body

Guard = Callable[[Docket, Any, Deed], None]


def _issued(docket: Docket, body: NoticeIssued, _deed: Deed) -> None:
    if any(notice.kind == body.notice and notice.about == body.about for notice in docket.notices):
        raise Refused("notice_there", "这份文书已经出过了，没有再出。要几份，打印那一份就行。")
    if notice_of(docket, body.serial) is not None:
        raise Refused("serial_taken", "这个编号用过了，没有出。请再按一次。")


def _served(docket: Docket, body: NoticeServed, _deed: Deed) -> None:
    notice = notice_of(docket, body.serial)
    if notice is None:
        raise Refused("no_notice", "这一件里没有这个编号的文书，什么都没有改。请对一对编号。")
    if notice.served_ms:
        raise Refused("served_already", "这份文书已经送达过了，没有再记。头一回送达的日子算数；记错了，请补一条更正。")
    if notice.is_opinion:
        raise Refused("serve_opinion", "意见书送达要和答复一起记，什么都没有改。请在这份文书旁边按“记送达”。")
    if body.way == "electronic" and not docket.petition.electronic:
        raise Refused("no_consent", "他还没同意用手机收。先问一声，记下同意，或者当面送。")


NOTICE_GUARDS: dict[type[Body], Guard] = {NoticeIssued: _issued, NoticeServed: _served}
