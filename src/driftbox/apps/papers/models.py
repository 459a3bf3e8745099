"""Keys wrapped for nodes, and what is known of each sealed paper. The ciphertext lies in the paper store."""

from django.db import models


class KeyRow(models.Model):
    """The key of one docket or person, wrapped for one node. Destroying it erases what was said."""

    context = models.CharField(max_length=36)
    node = models.CharField(max_length=40)
    algorithm = models.CharField(max_length=60)
    wrapped = models.BinaryField()
    made = models.DateTimeField()
    destroyed = models.DateTimeField(null=True)
    unproven = models.BooleanField(default=False)  # another node gave it, and it has opened nothing yet

    class Meta:
        db_table = "docket_key"
        constraints = [models.UniqueConstraint(fields=["context", "node"], name="docket_key_once")]

    def __str__(self) -> str:
        return f"{self.context} for {self.node}"


class PaperRow(models.Model):
    """One sealed paper of a docket: digest of the ciphertext, media type and size in bytes."""

    docket = models.CharField(max_length=36)
    digest = models.CharField(max_length=43)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    algorithm = models.CharField(max_length=60)
    made = models.DateTimeField()

    class Meta:
        db_table = "paper"
        constraints = [models.UniqueConstraint(fields=["docket", "digest"], name="paper_once")]

    def __str__(self) -> str:
        return self.digest
