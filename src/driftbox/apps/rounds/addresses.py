"""Whether an address that was told lies outside the district, so that nobody is sent to a door that is not there."""

import re
from typing import Final

from driftbox.apps.pack import current_pack

_REGIONS: Final = re.compile(r"^(?:([\u4e00-\u9fff]{2,7}?(?:省|自治区))?([\u4e00-\u9fff]{2,7}?市(?!场))?)")


def is_elsewhere(address: str) -> bool:
    """Whether ``address`` begins with a province or town that the pack does not name in ``visit_regions``.

    An address that begins with neither is taken to be here, and where the pack names none, nothing is elsewhere.
    """
    known = current_pack().settings.get("visit_regions", ())
    begins = _REGIONS.match(re.sub(r"\s", "", address))
    named = [region for region in (begins.groups() if begins else ()) if region]
    return isinstance(known, tuple) and bool(known) and any(region not in known for region in named)
