"""Rows projected from the log for lists; they may be dropped and rebuilt at any time."""

from django.db import models


class CaseRow(models.Model):
    """One case as lists need it."""

    docket = models.CharField(max_length=36, primary_key=True)
    number = models.CharField(max_length=44, db_index=True)  # as it is shown: see ``numbers.py``
    given = models.CharField(max_length=40, db_index=True, default="")  # by its node
    procedure = models.CharField(max_length=20)
    matter = models.CharField(max_length=40)
    office = models.CharField(max_length=40)
    department = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)
    next_role = models.CharField(max_length=20)
    agent = models.CharField(max_length=36)
    beneficiary = models.CharField(max_length=36)
    applicant = models.CharField(max_length=36)
    parties = models.TextField()
    where = models.CharField(max_length=12)
    trips = models.PositiveIntegerField()
    promised = models.CharField(max_length=10)
    waits_for_boats = models.BooleanField(default=False)
    due = models.CharField(max_length=10)
    due_clock = models.CharField(max_length=40)
    contested = models.PositiveIntegerField()
    second_asks = models.PositiveIntegerField()
    confidential = models.BooleanField()
    final = models.BooleanField()
    opened = models.BigIntegerField()
    touched = models.BigIntegerField()
    last = models.CharField(max_length=36)
    channel = models.CharField(max_length=12, default="")
    outcome = models.CharField(max_length=20, default="")
    sort = models.CharField(max_length=12, default="")  # of a petition, as all below
    route = models.CharField(max_length=12, default="")
    tier = models.PositiveSmallIntegerField(default=0)
    handler = models.CharField(max_length=36, default="")
    in_time = models.CharField(max_length=8, default="")  # the verdict of the clock for its answer
    merged_into = models.CharField(max_length=36, default="")
    complained = models.TextField(default="")  # persons and offices that never reach it, a space around each
    asked = models.CharField(max_length=36, default="")  # the agent who is asked to take it and has yet to answer
    hands = models.TextField(default="")  # every agent who has ever had it, a space around each
    access = models.TextField(default="")  # persons who see it although it is confidential, a space around each
    pressed = models.PositiveIntegerField(default=0)  # acts of supervision that nobody has answered

    class Meta:
        db_table = "case_row"
        indexes = [
            models.Index(fields=["office", "final"], name="case_office"),
            models.Index(fields=["agent", "final"], name="case_agent"),
            models.Index(fields=["department", "final"], name="case_department"),
            models.Index(fields=["beneficiary"], name="case_beneficiary"),
            models.Index(
                fields=["office", "department", "due", "where", "contested", "waits_for_boats", "pressed", "touched"],
                condition=models.Q(final=False, confidential=False),
                name="case_open",
            ),
            models.Index(
                fields=["due", "office"],
                condition=models.Q(final=False, confidential=False) & ~models.Q(due=""),
                name="case_open_due",
            ),
            models.Index(fields=["where"], condition=models.Q(final=False, confidential=False), name="case_open_where"),
            models.Index(fields=["touched"], condition=models.Q(pressed__gt=0), name="case_pressed"),
        ]

    def __str__(self) -> str:
        return self.number


class SerialRow(models.Model):
    """The last case number given out at an office in a year."""

    office = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        db_table = "case_serial"
        constraints = [models.UniqueConstraint(fields=["office", "year"], name="case_serial_once")]

    def __str__(self) -> str:
        return f"{self.office} {self.year} {self.last}"
