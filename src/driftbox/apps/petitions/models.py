"""By what a petition is found among many that read like it: blinded marks of its docket, and nothing else."""

from django.db import models


class MarkRow(models.Model):
    """One mark of one petition, as a keyed hash; an empty one says that there was nothing to mark.

    May be dropped at any time: marks are made again from the sealed papers, and not at all once a key is destroyed.
    """

    docket = models.CharField(max_length=36)
    mark = models.CharField(max_length=24)

    class Meta:
        db_table = "petition_mark"
        constraints = [models.UniqueConstraint(fields=["docket", "mark"], name="petition_mark_once")]
        indexes = [models.Index(fields=["mark", "docket"], name="petition_mark_found")]

    def __str__(self) -> str:
        return f"{self.docket} {self.mark[:8]}"
