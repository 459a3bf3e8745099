"""Messages sent, receipts handed out, one-time codes, and counters that slow down guessing."""

from django.db import models


class MessageRow(models.Model):
    """One text message: to whom and what, sealed under the docket's or person's key; ``unsent``: it did not go out."""

    context = models.CharField(max_length=36, db_index=True)
    sealed = models.BinaryField()
    sent = models.DateTimeField()
    unsent = models.BooleanField(default=False, db_index=True)

    class Meta:
        db_table = "message"

    def __str__(self) -> str:
        return f"{self.context} {self.sent}"


class ReceiptRow(models.Model):
    """The receipt of one case: found by blind index, the code itself sealed so that it can be printed again."""

    docket = models.CharField(max_length=36, primary_key=True)
    code_index = models.CharField(max_length=64, db_index=True)
    sealed = models.BinaryField()

    class Meta:
        db_table = "receipt"

    def __str__(self) -> str:
        return self.docket


class OtpRow(models.Model):
    """A one-time code for a phone number, both as blind indexes."""

    phone_index = models.CharField(max_length=64, primary_key=True)
    code_index = models.CharField(max_length=64)
    ends = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "otp"

    def __str__(self) -> str:
        return self.phone_index[:8]


class AttemptRow(models.Model):
    """How often one visitor tried one door in one quarter of an hour."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "attempt"
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="attempt_once")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"


class NoticeRow(models.Model):
    """A written notice, found by the mark of its code or by its number; projected from the log."""

    mark = models.CharField(max_length=43, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    serial = models.CharField(max_length=60)

    class Meta:
        db_table = "notice"

    def __str__(self) -> str:
        return self.serial


class NoticeSerialRow(models.Model):
    """The last notice number given out at an office in a year."""

    office = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "notice_serial"
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="notice_serial_once")]

    def __str__(self) -> str:
        return f"{self.office} {self.year} {self.last}"
