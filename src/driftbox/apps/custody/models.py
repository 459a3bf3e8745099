"""Rows projected from the log of boxes."""

from django.db import models


class BoxRow(models.Model):
    """One box as lists and its label page need it."""

    label = models.CharField(max_length=20, primary_key=True)
    docket = models.CharField(max_length=36, unique=True)
    pier = models.CharField(max_length=40)
    where = models.CharField(max_length=8)
    place = models.CharField(max_length=40)
    sailing = models.CharField(max_length=64)
    destination = models.CharField(max_length=40)
    parcels = models.JSONField()
    contested = models.PositiveIntegerField()
    moved = models.BigIntegerField()
    last = models.CharField(max_length=36)
    status = models.CharField(max_length=10, default="in_use")  # in_use, retired; unknown: seen, never registered
    incidents = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "box_row"

    def __str__(self) -> str:
        return self.label
