"""Whether a mandate 授权 covers an act today (Civil Code Arts. 161, 165, 173)."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from driftbox.domain.errors import NotAllowed

ACTS_OF_KIND = {
    "case.opened": "ask",
    "party.named": "ask",
    "materials.sent": "submit",
    "form.asked": "submit",
    "form.signed": "submit",
    "case.withdrawn": "withdraw",
    "result.delivered": "receive",
    "case.rated": "receive",
    "petition.registered": "ask",
    "docket.linked": "ask",
    "review.opened": "ask",
    "review.requested": "ask",
    "rereview.requested": "ask",
    "recusal.asked": "ask",
    "reopen.asked": "ask",
    "message.left": "ask",
    "receipt.kept": "ask",
    "confirmation.asked": "submit",
    "service.consented": "receive",
}


class Granted(Protocol):
    """What this module needs to know of a mandate."""

    @property
    def principal(self) -> str: ...
    @property
    def agent(self) -> str: ...
    @property
    def acts(self) -> tuple[str, ...]: ...
    @property
    def until(self) -> str: ...
    @property
    def revoked(self) -> bool: ...


def covers(mandate: Granted, agent: str, principal: str, act: str, today: date) -> bool:
    """Whether ``mandate`` lets ``agent`` do ``act`` for ``principal`` on ``today``; the last day still counts."""
    return (
        not mandate.revoked
        and mandate.agent == agent
        and mandate.principal == principal
        and act in mandate.acts
        and (not mandate.until or date.fromisoformat(mandate.until) >= today)
    )


def require_mandate_covers(mandates: Iterable[Granted], agent: str, principal: str, kind: str, today: date) -> None:
    """Refuse when no mandate of ``agent`` covers an entry of ``kind`` for ``principal`` on ``today``.

    Raises:
        NotAllowed: never granted, for something else, run out, or revoked; says how to mend it.
    """
    act = ACTS_OF_KIND.get(kind, kind)
    theirs = [m for m in mandates if m.agent == agent and m.principal == principal]
    if any(covers(mandate, agent, principal, act, today) for mandate in theirs):
        return
    if any(mandate.revoked for mandate in theirs):
        raise NotAllowed("mandate_revoked", "授权已经收回，这一步没有记。要再办，请本人重新授权，口头说给窗口也行。")
    if any(mandate.until and date.fromisoformat(mandate.until) < today for mandate in theirs):
        raise NotAllowed("mandate_expired", "授权的期限过了，这一步没有记。请本人再签一次，或打电话说给窗口。")
    raise NotAllowed("no_mandate", "还没有本人的授权，这一步没有记。请本人签一张委托书，或打电话说给窗口。")
