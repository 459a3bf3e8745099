"""A refusal as a sentence in the language that is being spoken: the page's, or the command line's."""

from django.utils.translation import get_language, gettext

from driftbox.domain.errors import BadPack, DriftboxError
from driftbox.gateways.gtfs_source import BadFeed
from driftbox.gateways.pack_faults import Fault


def sentence_of(refusal: DriftboxError) -> str:
    """The refusal in the active language, with its gaps filled."""
    gaps = {name: gettext(value) if isinstance(value, str) and value else value for name, value in refusal.gaps.items()}
    if isinstance(refusal, BadFeed):
        return gettext("时刻表 {file} 第 {line} 行：{what}").format(
            file=refusal.file, line=refusal.line, what=gettext(refusal.what).format(**gaps)
        )
    if isinstance(refusal, BadPack) and refusal.faults and isinstance(refusal.faults[0], Fault):
        gaps["first"] = refusal.faults[0].in_language(get_language() or "zh")
    return gettext(refusal.sentence).format(**gaps)
