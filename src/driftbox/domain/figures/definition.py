"""What a figure is: its name, what it counts and what not, from which entries, in which unit, and how it is summed."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.text import Text

Sum = Literal["count", "share", "spread", "total"]
Group = Literal["trips", "telling", "promise", "time", "family", "reach", "custody"]
NONE: Final = "none"  # the bucket of cases of which the entries do not tell


class Figure(Struct, frozen=True, kw_only=True):
    """One figure.

    ``counted``, ``left_out``, ``month`` (which moment decides the month): sentences. ``kinds``: the kinds of entry it
    is counted from. ``how``: ``count`` of things by bucket; ``share`` of ``good`` among all but ``none``; ``spread``:
    buckets are whole numbers of ``unit``, shown as median and quartiles; ``total``: the sum of amounts in ``unit``.
    ``buckets``: what each bucket is called. ``of_done``: it has one value for each errand that was done, so that the
    figures of this kind stand on the same cases.
    """

    code: str
    group: Group
    name: Text
    counted: Text
    left_out: Text
    month: Text
    kinds: tuple[str, ...]
    unit: Text
    how: Sum
    good: tuple[str, ...] = ()
    buckets: Mapping[str, Text] = {}
    of_done: bool = False
    lists_cases: bool = True

    def bucket_name(self, bucket: str) -> Text:
        """What a bucket is called; its own code where no name was given."""
        return self.buckets.get(bucket) or Text(zh=bucket, en=bucket)
