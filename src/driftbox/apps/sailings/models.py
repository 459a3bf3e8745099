"""Rows projected from the book of sailings for lists; they may be dropped and rebuilt at any time."""

from django.db import models


class FactRow(models.Model):
    """One fact about sailings as lists need it. Instants are milliseconds since 1970 UTC; 0: none."""

    entry = models.CharField(max_length=36, primary_key=True)
    fact = models.CharField(max_length=12)  # halt, extra, late, timetable, resumption
    kind = models.CharField(max_length=8)
    subject = models.CharField(max_length=64)  # id of the route, trip or stop; digest of the timetable
    day = models.CharField(max_length=10)
    since = models.BigIntegerField()
    until = models.BigIntegerField()
    cause = models.CharField(max_length=12)
    minutes = models.IntegerField()
    who = models.CharField(max_length=64)
    source = models.CharField(max_length=12)
    by = models.CharField(max_length=36)
    recorded = models.BigIntegerField()
    ended = models.CharField(max_length=36)
    replaced = models.CharField(max_length=36)

    class Meta:
        db_table = "sailing_fact"
        indexes = [models.Index(fields=["recorded"], name="sailing_fact_recorded")]

    def __str__(self) -> str:
        return f"{self.fact} {self.kind} {self.subject}"
