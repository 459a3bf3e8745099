"""Drafts of changes to a pack. They stay here; what is published becomes an entry."""

from django.db import models
from django.db.models import Q

WAITING = ("open", "submitted")


class DraftRow(models.Model):
    """One changed file while it is being written: at most one for each matter, so that nobody works past another.

    ``content`` is the whole file; ``base`` the digest of the version that it was begun from; ``rev`` counts savings, so
    that the second of two who save at once is told. ``editors``: everyone who wrote in it, spaced, by person id.
    """

    matter = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="open")  # open, submitted, published, withdrawn
    content = models.TextField()
    base = models.CharField(max_length=43)
    restores = models.IntegerField(null=True)
    since = models.DateField(null=True)
    note = models.CharField(max_length=300, default="")
    rev = models.IntegerField(default=1)
    editors = models.TextField()
    by = models.CharField(max_length=36)
    touched = models.DateTimeField()

    class Meta:
        db_table = "pack_draft"
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(state__in=WAITING), name="one_draft_a_matter")
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.state}"
