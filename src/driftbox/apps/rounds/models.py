"""The sheet of one day of rounds, as it stands. What was sent out and what came of it is in the cases."""

from django.db import models


class RoundsRow(models.Model):
    """The rounds 走访单 of one office on one day; ``version`` goes up with every change, so that no two overwrite each
    other. ``sheet`` holds ids, times and places, nobody's name.
    """

    day = models.CharField(max_length=10)
    office = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    sheet = models.BinaryField()
    by = models.CharField(max_length=36)
    changed = models.DateTimeField()
    out = models.BinaryField(default=b"")  # the sheet as it was sent out; agents go by this one
    sent = models.DateTimeField(null=True)

    class Meta:
        db_table = "rounds"
        constraints = [models.UniqueConstraint(fields=["day", "office"], name="rounds_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.office} {self.version}"
