"""One question that tells two matters apart, from what the pack says of both."""

from msgspec import Struct

from driftbox.domain.consult.matter import RESULT, Matter
from driftbox.domain.text import Text


class Choice(Struct, frozen=True):
    """One answer to the question: the matter, and what it is that the other is not."""

    matter: Matter
    differs: Text


def tell_apart(one: Matter, other: Matter) -> tuple[Choice, Choice]:
    """The two answers to 是这件还是那件: what comes out of each when that differs, and what each is for."""
    if one.result != other.result and RESULT not in {one.result, other.result}:
        return Choice(one, _with_result(one)), Choice(other, _with_result(other))
    return Choice(one, one.lead), Choice(other, other.lead)


def _with_result(matter: Matter) -> Text:
    lead, result = matter.lead, matter.result
    return Text(zh=f"{lead.zh}办下来是：{result.zh}。", en=f"{lead.en} What you get: {result.en}.")
