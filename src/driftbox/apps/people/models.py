"""Staff accounts with their second factor, and residents whose particulars are sealed."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by user name."""


class Account(AbstractBaseUser):
    """One member of staff 工作人员: at which office, in which roles, of which kind of agent."""

    username = models.CharField(max_length=40, unique=True)
    person = models.CharField(max_length=36, unique=True)
    name = models.CharField(max_length=40)
    office = models.CharField(max_length=40)
    roles = models.JSONField(default=list)
    agent_kind = models.CharField(max_length=12, blank=True)  # full_time, part_time, volunteer
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "account"

    def __str__(self) -> str:
        return self.username


class PersonRow(models.Model):
    """A resident 群众: particulars sealed under the person's own key, found by blind index."""

    id = models.CharField(max_length=36, primary_key=True)
    particulars = models.BinaryField()
    phone_index = models.CharField(max_length=64, db_index=True, blank=True)
    id_number_index = models.CharField(max_length=64, db_index=True, blank=True)
    made = models.DateTimeField()

    class Meta:
        db_table = "person"

    def __str__(self) -> str:
        return self.id


class FactorRow(models.Model):
    """The second factor 第二道验证 of one member of staff: its secret sealed to this node; off until confirmed."""

    person = models.CharField(max_length=36, primary_key=True)
    sealed = models.BinaryField()
    since = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # of the newest code accepted; an older or equal one is refused

    class Meta:
        db_table = "second_factor"

    def __str__(self) -> str:
        return self.person


class RecoveryRow(models.Model):
    """One recovery code 恢复码 that was not used yet, as a keyed hash."""

    person = models.CharField(max_length=36, db_index=True)
    code_index = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "recovery_code"

    def __str__(self) -> str:
        return self.code_index[:8]
