"""Bilingual text: what a pack says, Chinese first and English complete."""

from msgspec import Struct


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """One phrase in both languages of the house."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The phrase in ``language`` (a tag such as ``zh-hans`` or ``en``); Chinese unless English is asked for."""
        return self.en if language.startswith("en") else self.zh
