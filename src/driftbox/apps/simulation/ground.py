"""The ground on which a simulation is played: a folder set aside for it, and a database that may be lost."""

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
        raise Refused("rehearsal.real", "这里放着真的东西，不能拿来模拟，什么都没有动。请另外指一个空的文件夹。")


def quicken() -> None:
    """Let the database not wait for the disk: a throwaway history may be lost with the machine's power.

    Raises:
        Refused: it is not the database file of a rehearsal, or something is in it already.
    """
    require_rehearsal()
    if connection.vendor != "sqlite" or EntryRow.objects.exists():
        raise Refused("rehearsal.real", "这里放着真的东西，不能拿来模拟，什么都没有动。请另外指一个空的文件夹。")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
