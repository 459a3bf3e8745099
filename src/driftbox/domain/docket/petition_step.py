"""What a petition waits for beside its stage: somebody asked for something, and somebody else has to decide or act."""

from msgspec import Struct

from driftbox.domain.docket.petition_effects import DISCONTENT
from driftbox.domain.docket.state import Docket
from driftbox.domain.text import Text

EXECUTED = frozenset({"answered", "closed", "review_answered", "ended"})
ASKED_ON = frozenset({"answered", "review_answered"})  # stages of an opinion that may be asked about one level up
PROMISING = frozenset({"supported", "changed"})


class Waiting(Struct, frozen=True):
    """One thing that is waited for, and the role that does it."""

    act: Text
    role: str


OBJECTION = Waiting(
    Text(zh="异议等着定：退回来，还是由它办", en="Decide about the objection: back, or it stays"), "clerk"
)
RECUSAL = Waiting(Text(zh="有人申请回避，等着定", en="Decide whether somebody steps aside"), "director")
EXTENSION = Waiting(Text(zh="延期等着批", en="Decide about more days"), "director")
LATE = Waiting(Text(zh="申请晚了，问一问有没有理由", en="It was asked for late; ask for the reason"), "officer")
ACCESS = Waiting(Text(zh="有人申请查看，等着定", en="Decide who may see it"), "custodian")
REOPENING = Waiting(Text(zh="请求重办，等没经手的人定", en="Somebody who did not handle it decides"), "supervisor")
CALLBACK = Waiting(Text(zh="不满意，打电话问一问", en="Not content: call back"), "clerk")
MENDING = Waiting(Text(zh="能改的改好，记下来", en="Mend what can be mended, and write it down"), "officer")
MESSAGE = Waiting(Text(zh="信箱里有话，回一声", en="Answer the word in the mailbox"), "officer")
EXECUTION = Waiting(Text(zh="答应的办到没有，报一报", en="Report how far it is carried out"), "officer")
ABOVE = Waiting(Text(zh="上一级在另一卷里再看，这一卷归档", en="Looked at again one level up; close this"), "clerk")


def waited_for(docket: Docket) -> Waiting | None:
    """The first thing that a petition waits for beside its stage; None when its stage says all."""
    known = docket.petition
    discontent = known.ratings == 1 and docket.satisfaction >= DISCONTENT
    answered = docket.stage in EXECUTED and docket.outcome in PROMISING
    waits: tuple[tuple[bool, Waiting], ...] = (
        (known.objected, OBJECTION),
        (bool(known.recusals), RECUSAL),
        (known.extension is not None and docket.stage == "handling", EXTENSION),
        (known.late and not known.excused and docket.stage in ("reviewing", "rereviewing"), LATE),
        (bool(known.asking), ACCESS),
        (known.reopening is not None, REOPENING),
        (discontent and not known.called_back, CALLBACK),
        (discontent and known.called_back and not known.mended, MENDING),
        (bool(known.unanswered), MESSAGE),
        (answered and known.execution != "done", EXECUTION),
        (bool(known.review) and docket.stage in ASKED_ON, ABOVE),
    )
    return next((waiting for waits_now, waiting in waits if waits_now), None)
