"""Secret links to calendars. They stay here: a link leads to this machine only."""

from django.db import models


class FeedRow(models.Model):
    """A link 日历链接 under which a calendar program reads shifts: of one person, or (no person) of an office.

    ``token_index``: a keyed hash of the secret in the link, so that who reads this table cannot make the link.
    """

    token_index = models.CharField(max_length=64, unique=True)
    office = models.CharField(max_length=40)
    person = models.CharField(max_length=36, blank=True)
    by = models.CharField(max_length=36)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        db_table = "calendar_feed"
        indexes = [models.Index(fields=["office", "person"], name="calendar_feed_of")]

    def __str__(self) -> str:
        return self.token_index[:8]
