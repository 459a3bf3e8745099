"""One row per entry, never changed and never removed: triggers refuse UPDATE and DELETE in both databases."""

from django.db import models


class EntryRow(models.Model):
    """A signed entry as it was received, keyed by docket first so that the table can be partitioned by it."""

    seq = models.BigAutoField(primary_key=True)
    docket = models.CharField(max_length=36)
    id = models.CharField(max_length=36, unique=True)
    node = models.CharField(max_length=40)
    digest = models.CharField(max_length=43)
    raw = models.BinaryField()

    class Meta:
        db_table = "entry"
        indexes = [models.Index(fields=["docket", "seq"], name="entry_docket_seq")]

    def __str__(self) -> str:
        return self.id


class NodeRow(models.Model):
    """A node whose signatures are believed, with its Ed25519 public key."""

    name = models.CharField(max_length=40, primary_key=True)
    public = models.BinaryField()
    enrolled = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "node"

    def __str__(self) -> str:
        return self.name


class QuarantineRow(models.Model):
    """Bytes that could not be taken in, and why: kept and shown until a person has looked, never dropped."""

    digest = models.CharField(max_length=43, primary_key=True)
    raw = models.BinaryField()
    code = models.CharField(max_length=40)
    received = models.DateTimeField()

    class Meta:
        db_table = "quarantine"

    def __str__(self) -> str:
        return f"{self.code} {self.digest}"
