"""What the directory holds, line by line with the version that last changed it, and the codes that let a node in."""

from django.db import models


class VersionRow(models.Model):
    """One published version: made here on the hub, taken from it elsewhere."""

    version = models.PositiveIntegerField(primary_key=True)
    made = models.DateTimeField()
    hub = models.CharField(max_length=40)

    class Meta:
        db_table = "directory_version"

    def __str__(self) -> str:
        return str(self.version)


class LineRow(models.Model):
    """One line of the directory: a node, a member of staff, an account, a release, the state of the pack."""

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    content = models.BinaryField()
    version = models.PositiveIntegerField(db_index=True)
    gone = models.BooleanField(default=False)

    class Meta:
        db_table = "directory_line"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="directory_line_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class CodeRow(models.Model):
    """A one-time code 登记码 by which a node is enrolled, as a keyed hash; what it may be is fixed when it is made."""

    code_index = models.CharField(max_length=64, primary_key=True)
    role = models.CharField(max_length=12)
    office = models.CharField(max_length=40)
    person = models.CharField(max_length=36, default="")
    made = models.DateTimeField()
    by = models.CharField(max_length=36, default="")
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)
    node = models.CharField(max_length=40, default="")  # which node used it

    class Meta:
        db_table = "directory_code"

    def __str__(self) -> str:
        return f"{self.role} {self.office}"
