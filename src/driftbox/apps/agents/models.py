"""What is known of an agent beside the account: authorisation, training, hours, what they can do."""

from django.db import models


class AgentRow(models.Model):
    """One agent 代办员; the name, the office and the phone are those of the account."""

    person = models.CharField(max_length=36, primary_key=True)
    authorised_until = models.DateField(null=True)  # the last day
    revoked = models.DateField(null=True)  # since when no agent any more
    languages = models.JSONField(default=list)  # codes of the pack
    skills = models.JSONField(default=list)  # codes of the pack
    training = models.JSONField(default=list)  # pairs: what, day (ISO)
    wheels = models.BooleanField(default=False)
    boat = models.BooleanField(default=False)
    away = models.CharField(max_length=12, blank=True)  # a code of domain.planning.dispatch.AWAY
    away_until = models.DateField(null=True)  # the last day; none: until further notice
    shifts = models.JSONField(default=list)  # triples: weekday (1 is Monday), from, until (minutes of the day)
    declared = models.JSONField(default=list)  # keyed hashes of the phone numbers of relatives

    class Meta:
        db_table = "agent"

    def __str__(self) -> str:
        return self.person
