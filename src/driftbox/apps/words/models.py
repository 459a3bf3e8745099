"""Suggestions for the word list. A row holds a few words, never who said them."""

from django.db import models


class SayingRow(models.Model):
    """How somebody said it, and the matter it ended in: open until a director adopts or dismisses it.

    A clerk put it here on purpose; numbers and the names on the call were taken out. ``since``: the first day on which
    an adopted saying finds its matter. ``found``: the matter that the search had said.
    """

    say = models.CharField(max_length=60, unique=True)
    matter = models.CharField(max_length=20)
    found = models.CharField(max_length=20)
    day = models.DateField()
    state = models.CharField(max_length=10, default="open", db_index=True)  # open, adopted, dismissed
    since = models.DateField(null=True)
    settled_by = models.CharField(max_length=36, default="")

    class Meta:
        db_table = "saying"

    def __str__(self) -> str:
        return f"{self.state} {self.matter}"
