"""Why something is refused, as a sentence a person can act on.

DriftboxError
├── Refused            an act is not allowed now; the sentence says what to do instead
│   ├── NotAllowed     this person may not do this here
│   └── NotFound       nothing by that name, or nothing that you may see (never says which)
├── BadBundle          what another node sent is cut off, altered, foreign or too large; nothing of it was taken in
├── BadEntry           bytes that are not a well-formed, honestly signed entry
├── BadFont            a document cannot be set in type: no font is there, or it lacks a character
├── BadPaper           a file that is too large, or not what it says it is
└── BadPack            a pack that cannot be used; carries file, line, fault and remedy

Sentences are Chinese message ids for gettext with ``{named}`` gaps; English stands in ``locale/en``.
"""

from collections.abc import Sequence


class DriftboxError(Exception):
    """Root of everything this house refuses.

    ``code`` is stable and safe to log; ``sentence`` and ``gaps`` make what a person reads.
    """

    def __init__(self, code: str, sentence: str, **gaps: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.gaps = gaps

    def __str__(self) -> str:
        """The Chinese sentence with its gaps filled."""
        return self.sentence.format(**self.gaps)


class Refused(DriftboxError):
    """The act is not allowed at this place or time; the sentence says what to do instead."""


class NotAllowed(Refused):
    """The person may not do this here, whatever the state of the case."""


class NotFound(Refused):
    """Nothing by that name, or nothing this person may see; the two are never told apart."""


class BadEntry(DriftboxError):
    """Bytes that are not a well-formed, honestly signed entry."""


class BadBundle(DriftboxError):
    """What another node sent cannot be taken in as a whole: cut off, altered, foreign, too large. Nothing of it was."""


class BadFont(DriftboxError):
    """A document that cannot be set in type; ``gaps`` name the character that the font lacks."""


class BadPaper(DriftboxError):
    """A file that is too large, empty, or not of the type it claims."""


class BadPack(DriftboxError):
    """A pack that cannot be used.

    ``faults`` are all that is wrong with it, not only the first; each prints as one line: file, line, fault, remedy.
    """

    def __init__(self, code: str, sentence: str, faults: Sequence[object], **gaps: str | int) -> None:
        super().__init__(code, sentence, **gaps)
        self.faults = tuple(faults)
