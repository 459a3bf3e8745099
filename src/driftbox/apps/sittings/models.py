"""Rooms, seats and recordings as lists need them. What happened in them stands in the docket."""

from django.db import models


class RoomRow(models.Model):
    """One room for a sitting of a case. It waits once somebody who was invited is there, and is open once a member of
    staff answered. ``starts``: the appointed time. ``readback``: digest of the words read back last.
    """

    id = models.CharField(max_length=36, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    office = models.CharField(max_length=40)
    made_by = models.CharField(max_length=36)
    made = models.DateTimeField()
    starts = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)  # of somebody who waits: when their page last asked
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=36, blank=True)
    closed = models.DateTimeField(null=True)
    readback = models.CharField(max_length=43, blank=True)

    class Meta:
        db_table = "sitting_room"
        indexes = [models.Index(fields=["office", "closed"], name="sitting_room_office")]

    def __str__(self) -> str:
        return self.id


class SeatRow(models.Model):
    """One seat of a room. ``token_index``: blind index of the secret in the link (empty: staff, who sign in);
    ``device_index``: of what the first browser that opened it holds. ``name``: sealed under the docket's key.
    """

    room = models.ForeignKey(RoomRow, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=12)
    person = models.CharField(max_length=36, blank=True)
    name = models.BinaryField(default=b"")
    token_index = models.CharField(max_length=64, blank=True, db_index=True)
    device_index = models.CharField(max_length=64, blank=True)
    ends = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)  # as all below: quality of the last time they were there
    sound_only = models.PositiveIntegerField(default=0)
    round_trip = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)
    concealed = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "sitting_seat"
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="sitting_seat_once")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.number}"


class RecordingRow(models.Model):
    """A recording that is kept, and until which local day."""

    id = models.CharField(max_length=36, primary_key=True)
    docket = models.CharField(max_length=36, db_index=True)
    room = models.CharField(max_length=36)
    paper = models.CharField(max_length=43)
    until = models.DateField()
    destroyed = models.DateTimeField(null=True)

    class Meta:
        db_table = "sitting_recording"
        indexes = [models.Index(fields=["destroyed", "until"], name="sitting_recording_due")]

    def __str__(self) -> str:
        return self.id
