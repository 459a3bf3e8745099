"""What a post at sea keeps beside the log: what somebody is in the middle of telling, and where the boat lands next."""

from django.db import models


class DraftRow(models.Model):
    """Something that is being told, under the id its docket will have; sealed under that docket's key.

    ``done``: it was received, and only its receipt is still on the screen.
    """

    docket = models.CharField(max_length=36, primary_key=True)
    sealed = models.BinaryField()
    made = models.DateTimeField()
    touched = models.DateTimeField(db_index=True)
    done = models.BooleanField(default=False)

    class Meta:
        """Table name."""

        db_table = "sea_draft"

    def __str__(self) -> str:
        return f"sea draft {self.docket}"


class LandingRow(models.Model):
    """Where and when this post lands next, as its staff said last; the one row has the key 1."""

    pier = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """Table name."""

        db_table = "sea_landing"

    def __str__(self) -> str:
        return f"landing at {self.pier}"
