"""What does not agree, by name."""

from django import template

from driftbox.web.base.incident_words import what_words

register = template.Library()


@register.filter
def incident_what(what: str) -> str:
    """What does not agree, in a few words."""
    return what_words(what)
