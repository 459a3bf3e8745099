"""The vocabulary of forms signed on a phone 表格签名: who is asked to sign, and who has. What was signed is a paper."""

from typing import Annotated, Literal

from msgspec import Meta

from driftbox.domain.log.codes import Code, Digest, Key
from driftbox.domain.log.entry import Body

Proof = Literal["signature", "fingerprint", "witness", "photo"]


class FormAsked(Body, frozen=True):
    """A member of the household is asked to sign a form 请家人签名; ``material``: what it is on the one list."""

    form: Code
    material: Code
    signer: Key


class FormSigned(Body, frozen=True):
    """Somebody signed a form 签了表: ``paper`` is the form as signed, ``names`` who signed and who witnessed.

    ``others``: how many more adults of the household have to sign, as the one whose case it is says (民发〔2021〕57号
    Art. 9). Signing by electronic means: Zhejiang 最多跑一次 rules Art. 10; an office that wants ink still gets ink.
    """

    form: Code
    material: Code
    signer: Key
    proof: Proof
    paper: Digest
    names: Digest | None = None
    picture: Digest | None = None
    others: Annotated[int, Meta(ge=0, le=20)] = 0


KINDS: dict[str, type[Body]] = {"form.asked": FormAsked, "form.signed": FormSigned}
