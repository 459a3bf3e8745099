"""How far each kind of label has been numbered."""

from django.db import models


class LabelSerialRow(models.Model):
    """The last serial printed of one kind of label; numbers are never given back."""

    kind = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "label_serial"

    def __str__(self) -> str:
        return f"{self.kind} {self.last}"
