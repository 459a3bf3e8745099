"""What the page of one matter says: the matter with the one list for some answers. Residents read it; drafts try it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from driftbox.apps.pack import current_pack
from driftbox.domain.consult.checklist import build_checklist
from driftbox.domain.consult.matter import Matter
from driftbox.web.base.telling import page_language


def matter_page(matter: Matter, answers: Iterable[str], today: date) -> dict[str, Any]:
    """The matter with its list for ``answers``; those that it did not ask for are ignored."""
    known = frozenset(answers) & {question.id for question in matter.questions}
    listed = build_checklist(matter, known, (), today)
    return {
        "matter": matter,
        "answers": known,
        "carried": urlencode([("answer", answer) for answer in sorted(known)]),
        "listed": listed,
        "speech": listed.as_speech(page_language()),
        "looked_up": tuple(dict.fromkeys((*matter.looked_up, *(material.name for material in listed.looked_up)))),
        "office": current_pack().offices.get(matter.department),
        "goes_for_you": matter.agent_allowed and not matter.confidential,
    }
