"""The only writer of parcel, incident and original rows; called inside the transaction that changed the docket."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Model

from driftbox.apps.parcels.models import IncidentRow, OriginalRow, ParcelRow
from driftbox.apps.parcels.projector import Row, Rows


def write(docket: str, rows: Rows, before: Rows | None = None) -> None:
    """Make the rows of ``docket`` be ``rows``; what is as it was ``before`` is left alone."""
    _write(ParcelRow, docket, rows.parcels, before.parcels if before else None)
    _write(IncidentRow, docket, rows.incidents, before.incidents if before else None)
    _write(OriginalRow, docket, rows.originals, before.originals if before else None)


def write_many(rows: Mapping[str, Rows]) -> None:
    """Make the rows of several dockets be these."""
    _replace(ParcelRow, rows, [row for one in rows.values() for row in one.parcels])
    _replace(IncidentRow, rows, [row for one in rows.values() for row in one.incidents])
    _replace(OriginalRow, rows, [row for one in rows.values() for row in one.originals])


def _replace(model: type[Model], dockets: Iterable[str], rows: Sequence[Row]) -> None:
    manager = model._default_manager  # noqa: SLF001 - Django's public name for any model's manager
    manager.filter(docket__in=list(dockets)).delete()
    manager.bulk_create([model(**row) for row in rows], ignore_conflicts=True)  # one id in two dockets: verify tells


def _write(model: type[Model], docket: str, rows: Sequence[Row], before: Sequence[Row] | None) -> None:
    if rows == before:
        return
    manager = model._default_manager  # noqa: SLF001 - Django's public name for any model's manager
    if before is None or before:
        manager.filter(docket=docket).delete()
    manager.bulk_create([model(**row) for row in rows], ignore_conflicts=True)  # one id in two dockets: verify tells
