"""One fault of a pack, said so that the person who wrote the file can mend it."""

from dataclasses import dataclass, field

from driftbox.domain.text import Text


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong, where, and how to mend it. ``file`` is relative to the pack's folder, ``line`` counts from 1.

    ``path``: the keys that lead to the place, as a form needs them to say it beside the field.
    """

    file: str
    line: int
    what: Text
    remedy: Text
    path: tuple[str | int, ...] = field(default=(), compare=False)

    def in_language(self, language: str) -> str:
        """The fault as one line in ``language`` (a tag such as ``zh-hans`` or ``en``)."""
        what, remedy = self.what.in_language(language), self.remedy.in_language(language)
        return f"{self.file}:{self.line}: {what} — {remedy}"

    def __str__(self) -> str:
        """The fault as one line in Chinese."""
        return self.in_language("zh")


def leads_nowhere(zh_kind: str, en_kind: str, name: str) -> tuple[Text, Text]:
    """What is wrong with a reference to nothing, and its remedy."""
    return (
        Text(zh=f"没有叫“{name}”的{zh_kind}", en=f"There is no {en_kind} `{name}`"),
        Text(zh=f"改成有的{zh_kind}，或先把它写上", en=f"Name a {en_kind} that exists, or write it first"),
    )


def no_basis() -> tuple[Text, Text]:
    """What is wrong with a time limit that cites nothing, and its remedy."""
    return (
        Text(zh="时限没有写依据", en="A time limit without a source"),
        Text(
            zh="写上法名和条号；查不到就把时限整段删掉",
            en="Cite the law and its article; if there is none, remove the limit",
        ),
    )


def said_twice(name: object, where: str) -> tuple[Text, Text]:
    """What is wrong with a name that stands twice, and its remedy."""
    return (
        Text(zh=f"“{name}”写了两遍，头一遍在 {where}", en=f"`{name}` stands twice, first at {where}"),
        Text(zh="换一个名字，或删掉一处", en="Rename one, or remove one"),
    )
