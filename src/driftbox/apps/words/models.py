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


class MissRow(models.Model):
    """A word that a search found nothing for, and how many said it in a month. ``word`` stays empty, and only its
    keyed hash is kept, until five did; the fifth brings it along.
    """

    month = models.CharField(max_length=7)
    blinded = models.CharField(max_length=64)
    word = models.CharField(max_length=8, default="")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "search_miss"
        constraints = [models.UniqueConstraint(fields=["month", "blinded"], name="search_miss_once")]

    def __str__(self) -> str:
        return f"{self.month} {self.word or '…'}"


class MissMarkRow(models.Model):
    """That somebody said a word in a month, so that they count once: a keyed hash of both, which leads to neither."""

    mark = models.CharField(max_length=64, primary_key=True)
    month = models.CharField(max_length=7, db_index=True)

    class Meta:
        db_table = "search_miss_mark"

    def __str__(self) -> str:
        return self.mark[:8]
