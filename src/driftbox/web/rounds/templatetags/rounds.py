"""What the templates of rounds look up."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def of(held: Mapping[str, object], key: str) -> object:
    """What is held under ``key``; nothing where there is none."""
    return held.get(key)
