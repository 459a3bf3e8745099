"""Which photographs wait to be read. What is on them lies sealed with the docket; rows hold codes only."""

from django.db import models


class RecognitionRow(models.Model):
    """One photograph: who sent it (empty: somebody at the box), how far its reading is, where the result lies."""

    id = models.CharField(max_length=36, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    by = models.CharField(max_length=36)
    persons = models.TextField()  # ids of those whose paper it may be, parted by spaces
    photo = models.CharField(max_length=43)  # digest of the paper
    state = models.CharField(max_length=10, default="waiting", db_index=True)  # waiting, reading, read, failed
    step = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    taken = models.DateTimeField(null=True)  # when a reader took it in hand
    made = models.DateTimeField()
    result = models.CharField(max_length=43, blank=True)  # digest of what was read
    confirmed = models.CharField(max_length=43, blank=True)  # digest of what a person made of it
    material = models.CharField(max_length=60, blank=True)  # which material of the list it was confirmed to be

    class Meta:
        db_table = "recognition"

    def __str__(self) -> str:
        return self.id
