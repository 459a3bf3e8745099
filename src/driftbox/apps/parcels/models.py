"""Rows projected from the log of cases and boxes; they may be dropped and rebuilt at any time."""

from django.db import models


class ParcelRow(models.Model):
    """One parcel of one case: where it is, in which box, under which seal."""

    parcel = models.CharField(max_length=36, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    seal = models.CharField(max_length=40, db_index=True)
    label = models.CharField(max_length=64, db_index=True, default="")
    box = models.CharField(max_length=36)
    way = models.CharField(max_length=4)
    where = models.CharField(max_length=12)
    place = models.CharField(max_length=64)
    moved = models.BigIntegerField()

    class Meta:
        db_table = "parcel_row"

    def __str__(self) -> str:
        return self.parcel


class IncidentRow(models.Model):
    """One incident that is not settled, of a case or of a box, with what comes next and whose it is."""

    entry = models.CharField(max_length=36, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    of_box = models.BooleanField()
    what = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    next_role = models.CharField(max_length=20)
    parcel = models.CharField(max_length=36)
    place = models.CharField(max_length=64)
    opened = models.BigIntegerField()

    class Meta:
        db_table = "incident_row"

    def __str__(self) -> str:
        return f"{self.what} {self.docket}"


class OriginalRow(models.Model):
    """Originals of one kind that we hold for one case, and since when."""

    key = models.CharField(max_length=101, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    code = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    since = models.BigIntegerField(db_index=True)

    class Meta:
        db_table = "original_row"

    def __str__(self) -> str:
        return self.key
