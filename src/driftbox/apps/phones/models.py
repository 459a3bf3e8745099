"""What is known of a phone beside its key: when it was last here, and what it handed in to be opened as a case."""

from django.db import models


class PhoneRow(models.Model):
    """One enrolled phone, by the name of its node; ``NodeRow`` has its key and whose it is."""

    node = models.CharField(max_length=40, primary_key=True)
    person = models.CharField(max_length=36, db_index=True)
    enrolled = models.DateTimeField()
    met = models.DateTimeField(null=True)
    kept = models.PositiveIntegerField(default=0)  # what it still had to hand in when it was last here, as it said
    offset_ms = models.BigIntegerField(default=0)  # by how much its own clock was behind ours then (ahead: negative)

    class Meta:
        db_table = "phone"

    def __str__(self) -> str:
        return self.node


class IntakeRow(models.Model):
    """One intake taken down without signal, under the docket that the phone began and its provisional number."""

    docket = models.CharField(max_length=36, primary_key=True)
    node = models.CharField(max_length=40)
    provisional = models.CharField(max_length=12)
    number = models.CharField(max_length=40)
    received = models.DateTimeField()

    class Meta:
        db_table = "phone_intake"

    def __str__(self) -> str:
        return self.provisional
