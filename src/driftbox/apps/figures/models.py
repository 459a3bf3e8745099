"""Rows made from the log; they may be dropped and counted again at any time. None of them knows a person."""

from typing import Final

from django.db import models

EVERYWHERE: Final = "*"  # instead of an office: all offices together


class TodoRow(models.Model):
    """A docket with something new in the log, put here by a trigger in the transaction that wrote the entry."""

    docket = models.CharField(max_length=36)

    class Meta:
        db_table = "figure_todo"

    def __str__(self) -> str:
        return self.docket


class FactRow(models.Model):
    """What one docket adds to one figure, in the month and bucket in which it counts."""

    docket = models.CharField(max_length=36, db_index=True)
    figure = models.CharField(max_length=24)
    office = models.CharField(max_length=40)
    month = models.CharField(max_length=7)
    bucket = models.CharField(max_length=140)
    count = models.IntegerField()
    amount = models.IntegerField()

    class Meta:
        db_table = "figure_fact"
        indexes = [models.Index(fields=["figure", "month", "office"], name="figure_fact_where")]

    def __str__(self) -> str:
        return f"{self.figure} {self.docket}"


class TotalRow(models.Model):
    """What all dockets add to one figure in one office, month and bucket: the sum of ``FactRow``, kept up. The office
    ``*`` is all of them, so that whoever sees everything need not add up a hundred thousand rows.
    """

    figure = models.CharField(max_length=24)
    office = models.CharField(max_length=40)
    month = models.CharField(max_length=7)
    bucket = models.CharField(max_length=140)
    count = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "figure_total"
        constraints = [
            models.UniqueConstraint(fields=["figure", "month", "office", "bucket"], name="figure_total_once")
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.office} {self.month}"
