"""What somebody who speaks for another is to them, as the forms of the window ask it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

RELATIONS: Final = [
    ("", _("本人")), ("child", _("子女")), ("spouse", _("老伴")), ("kin", _("亲戚")), ("neighbour", _("邻居")),
]  # fmt: skip
