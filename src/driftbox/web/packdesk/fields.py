"""Fields that the forms of a draft are made of: every sentence in both languages, and lists by line."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy
from msgspec import Struct

from driftbox.domain.text import Text

LANGUAGES: Final = ("zh", "en")
TAGS: Final = {"zh": "zh-CN", "en": "en"}
LONGEST: Final = 600  # characters of one sentence
LIST: Final = 4000
_NUMBER: Final = re.compile(r"[0-9]{1,8}")


class Says(Struct, frozen=True):
    """One sentence of a form, asked for in both languages. ``optional``: both may stay empty."""

    name: str
    label: Any
    long: bool = False
    optional: bool = False


class WordsField(forms.CharField):
    """Words that may be missing while a draft is being written; the check of the pack says so, beside the field."""

    def __init__(self, language: str, *, long: bool, optional: bool, **more: Any) -> None:
        attrs = {"lang": TAGS[language]} | ({"rows": "3"} if long else {})
        widget = forms.Textarea(attrs=attrs) if long else forms.TextInput(attrs=attrs)
        super().__init__(required=not optional, max_length=LONGEST, widget=widget, **more)

    def validate(self, value: object) -> None:
        """Anything goes; nothing is lost because something is missing."""

    def clean(self, value: object) -> str:
        """The words on one line."""
        return " ".join(str(super().clean(value) or "").split())


class LinesField(forms.CharField):
    """A list, one item a line."""

    def __init__(self, language: str, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": "5", "lang": TAGS[language]})
        super().__init__(required=False, max_length=LIST, widget=widget, **more)

    def clean(self, value: object) -> Any:
        """The lines that say something."""
        return tuple(" ".join(line.split()) for line in str(super().clean(value) or "").splitlines() if line.strip())


def add_words(form: forms.Form, says: tuple[Says, ...]) -> None:
    """Give ``form`` two fields for each of ``says``."""
    for one in says:
        for language in LANGUAGES:
            form.fields[f"{one.name}_{language}"] = WordsField(
                language, long=one.long, optional=one.optional, label=_labelled(one.label, language)
            )


def _labelled(label: Any, language: str) -> Any:
    in_language = gettext_lazy("{label}（中文）") if language == "zh" else gettext_lazy("{label}（英文）")
    return in_language.format(label=label)


def number_in(text: str) -> int | None:
    """The number that a hidden field or a button sent; None for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else None


def words_of(text: Text | None, name: str) -> dict[str, str]:
    """A sentence as the two fields have it."""
    return {f"{name}_zh": text.zh if text else "", f"{name}_en": text.en if text else ""}


def text_in(data: Mapping[str, Any], name: str) -> Text:
    """The sentence that the two fields say."""
    return Text(zh=data[f"{name}_zh"], en=data[f"{name}_en"])


def text_or_none(data: Mapping[str, Any], name: str) -> Text | None:
    """The same, None when both are empty."""
    text = text_in(data, name)
    return text if text.zh or text.en else None


def lines_of(texts: tuple[Text, ...], name: str) -> dict[str, str]:
    """A list of sentences as two fields, line by line."""
    return {f"{name}_{language}": "\n".join(getattr(text, language) for text in texts) for language in LANGUAGES}


def texts_in(data: Mapping[str, Any], name: str) -> tuple[Text, ...]:
    """The list of sentences that two fields of as many lines say."""
    return tuple(Text(zh=zh, en=en) for zh, en in zip(data[f"{name}_zh"], data[f"{name}_en"], strict=True))


def require_as_many(form: forms.Form, name: str) -> None:
    """Add an error when the two languages of a list have not as many lines."""
    zh, en = (form.cleaned_data.get(f"{name}_{language}") for language in LANGUAGES)
    if zh is not None and en is not None and len(zh) != len(en):
        told = gettext("中文 {zh} 行，英文 {en} 行，要一样多，一行对一行。").format(zh=len(zh), en=len(en))
        form.add_error(f"{name}_en", told)
