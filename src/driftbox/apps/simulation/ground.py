"""The ground on which a simulation is played: a folder set aside for it, and a database that may be lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from driftbox.apps.eventlog.models import EntryRow
from driftbox.domain.errors import Refused
from driftbox.gateways.octets import is_rehearsal


def require_rehearsal() -> None:
    """Refuse to begin anywhere but in a folder that was set aside.

    Raises:
        Refused: this folder was not; nothing was touched.
    """
    if not is_rehearsal(settings.DRIFTBOX_HOME):
        raise _real()


def quicken() -> None:
    """Let the database not wait for the disk: a throwaway history may be lost with the machine's power.

    Raises:
        Refused: it is not the database file of a rehearsal, or something is in it already.
    """
    require_rehearsal()
    if connection.vendor != "sqlite":
        raise _real()
    _require_nothing()
    _wait("OFF")


@contextmanager
def hurried() -> Iterator[None]:
    """Inside, the demo's database does not wait for the disk while it is filled for the first time; afterwards it
    does, and what was written is on the disk. On PostgreSQL nothing is hurried.

    Raises:
        Refused: this is not the demo, or something is in the log already.
    """
    if not settings.DRIFTBOX_DEMO:
        raise _real()
    _require_nothing()
    if connection.vendor != "sqlite":
        yield
        return
    _wait("OFF")
    try:
        yield
    finally:
        _wait("FULL")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _wait(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={how}")


def _require_nothing() -> None:
    if EntryRow.objects.exists():
        raise _real()


def _real() -> Refused:
    return Refused("rehearsal.real", "这里放着真的东西，不能拿来模拟，什么都没有动。请另外指一个空的文件夹。")
