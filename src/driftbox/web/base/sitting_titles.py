"""What happens in a sitting face to face, in plain words."""

from typing import Any, Final

from django.utils.translation import gettext_lazy

SITTING_TITLES: Final[dict[str, Any]] = {
    "sitting.opened": gettext_lazy("视频接待开始了"),
    "sitting.joined": gettext_lazy("有人进了视频"),
    "sitting.left": gettext_lazy("有人离开了视频"),
    "recording.consented": gettext_lazy("同意录像"),
    "recording.refused": gettext_lazy("不同意录像，照样谈"),
    "recording.withdrawn": gettext_lazy("收回了录像的同意"),
    "recording.kept": gettext_lazy("录像封存了"),
    "recording.destroyed": gettext_lazy("录像销毁了"),
    "sitting.shown": gettext_lazy("在镜头前拍下了材料"),
    "sitting.agreed": gettext_lazy("说好的话读过一遍，您说对"),
    "sitting.closed": gettext_lazy("视频接待结束了"),
}
