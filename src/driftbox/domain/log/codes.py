"""The shapes that entry bodies are made of: codes, keys, digests, days and counts."""

from typing import Annotated

from msgspec import Meta

Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
Digest = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$")]
MaybeKey = Annotated[str, Meta(pattern=r"^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$")]
Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Count = Annotated[int, Meta(ge=0, le=9999)]
