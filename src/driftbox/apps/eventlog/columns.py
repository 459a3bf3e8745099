"""What a row can hold of what an entry says. Rows are for lists; the docket has the whole."""

from collections.abc import Mapping
from functools import cache
from typing import TypeVar, cast

from django.db.models import CharField, Model

V = TypeVar("V")


@cache
def _widths(model: type[Model]) -> Mapping[str, int]:
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's public _meta
    return {one.attname: one.max_length for one in fields if isinstance(one, CharField) and one.max_length}


def fitted(model: type[Model], row: Mapping[str, V]) -> dict[str, V]:
    """``row`` as the columns of ``model`` can hold it. PostgreSQL refuses what is too long, and a NUL; an entry that
    somebody signed with such a value must not keep everything else out.
    """
    widths, held = _widths(model), dict(row)
    for name, value in row.items():
        if isinstance(value, str) and (len(value) > widths.get(name, len(value)) or "\0" in value):
            held[name] = cast("V", value.replace("\0", "")[: widths.get(name)])
    return held
