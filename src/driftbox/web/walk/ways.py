"""The ways of the guided walk: who, signed in as whom, and what to look at, in order."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct


class Step(Struct, frozen=True):
    """One thing to look at: what to do there, and the name of its address."""

    words: Promise
    address: str


class Way(Struct, frozen=True):
    """One role: its anchor, what it is called, the user names that have it (none: nobody signs in), and its steps."""

    code: str
    role: Promise
    users: tuple[str, ...]
    steps: tuple[Step, ...]


WAYS: Final = (
    Way("resident", _("岛上的人"), (), (
        Step(_("用自己的话问一件事"), "resident:ask"),
        Step(_("不问，按事项找"), "resident:matters"),
        Step(_("有编号和回执码，查到哪一步了"), "track:find"),
        Step(_("看船：明天要停航，看写了什么"), "board:all"),
        Step(_("说一件信访"), "petitions:tell"),
    )),
    Way("clerk", _("窗口"), ("lin",), (
        Step(_("今天要做的，急的在上面"), "desk:queue"),
        Step(_("接一个电话，开一件"), "desk:call"),
        Step(_("有一件信访过了期限，找出来"), "desk:petition"),
        Step(_("记一次停航、复航"), "desk:boats"),
        Step(_("谁在当班，交班条写了什么"), "roster:home"),
        Step(_("今天谁来过、要回谁的电话"), "reception:log"),
    )),
    Way("agent", _("代办员"), ("chen", "yu"), (
        Step(_("口袋里今天要跑的"), "pocket:today"),
        Step(_("扫一只箱、一个袋"), "labels:scan"),
        Step(_("星期五上门的路线"), "rounds:mine"),
    )),
    Way("officer", _("部门经办人"), ("wang", "he"), (
        Step(_("等着决定的几件，承诺哪天"), "desk:queue"),
        Step(_("不知道编号，按人、按事找一件"), "desk:find"),
    )),
    Way("supervisor", _("督查"), ("zhao",), (
        Step(_("哪几件快到期，哪几件过了"), "watch:board"),
        Step(_("信访年报，怎么数出来的"), "watch:annual_newest"),
        Step(_("代办员在哪里缺"), "agents:cover"),
        Step(_("对不上的：封条、缺件"), "incidents:list"),
    )),
    Way("crew", _("船上和码头"), ("fang",), (
        Step(_("箱在哪里，哪一只正在海上"), "pocket:today"),
        Step(_("箱上船、上岸，扫一扫"), "labels:scan"),
        Step(_("码头的船班牌"), "board:all"),
    )),
)  # fmt: skip
