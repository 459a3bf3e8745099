"""Draws papers with invented people on them, and photographs them badly: for the bench and the tests of reading."""

import io
import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from driftbox.gateways.pdf import font_folders

SURNAMES = "王李张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
GIVEN = "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红海燕建国志文阿宝根法定岳波珍翠莲福祥生荣"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CARD, PAGE = (856, 540), (1000, 720)  # pixels of the drawing


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    number: str
    born: date
    woman: bool


def dice(seed: int) -> random.Random:
    """Chance that falls the same way for the same seed."""
    return random.Random(seed)  # noqa: S311 - drawings, not keys


def invent(chance: random.Random) -> Person:
    """A person with a name of two or three characters and a number whose check character agrees."""
    name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(28_000))
    serial = chance.randrange(1000)
    body = f"3309{chance.choice(('03', '02', '21', '22'))}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return Person(name, body + "10X98765432"[total % 11], born, serial % 2 == 0)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The house's Chinese font."""
    found = (path for folder in font_folders() for path in folder.glob("*CJK*.[ot]t[fc]"))
    return ImageFont.truetype(str(next(found)), size)


def _write(drawing: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, ink: str = "#1b1b1b") -> None:
    drawing.text(at, text, font=font(size), fill=ink)


def _ground(size: tuple[int, int], colour: str) -> Image.Image:
    """A card's ground with faint waves, as they are printed against forgery."""
    card = Image.new("RGB", size, colour)
    drawing = ImageDraw.Draw(card)
    for y in range(-size[0], size[1], 14):
        drawing.line([(0, y), (size[0], y + size[0] // 3)], fill="#cfe3ea", width=2)
    return card


def id_card(person: Person) -> Image.Image:
    """The side of an identity card with the photo."""
    card = _ground(CARD, "#e6f0f2")
    drawing, blue = ImageDraw.Draw(card), "#2a6f97"
    for at, label in (((50, 60), "姓 名"), ((50, 135), "性 别"), ((260, 135), "民 族"), ((50, 205), "出 生"),
                      ((50, 280), "住 址")):  # fmt: skip
        _write(drawing, at, label, 26, blue)
    _write(drawing, (150, 54), person.name, 36)
    _write(drawing, (150, 132), "女" if person.woman else "男", 30)
    _write(drawing, (360, 132), "汉", 30)
    _write(drawing, (150, 202), f"{person.born.year} 年 {person.born.month} 月 {person.born.day} 日", 30)
    _write(drawing, (150, 276), "浙江省舟山市普陀区虾峙镇", 30)
    _write(drawing, (150, 318), f"{person.born.month} 号", 30)
    _write(drawing, (50, 452), "公民身份号码", 26, blue)
    _write(drawing, (270, 444), person.number, 38)
    drawing.rounded_rectangle((580, 60, 800, 360), 30, fill="#c9ccd0")
    drawing.ellipse((640, 110, 740, 230), fill="#8d8a86")
    return card


def id_card_back(until: str) -> Image.Image:
    """The side of an identity card with the emblem."""
    card = _ground(CARD, "#f2ece6")
    drawing = ImageDraw.Draw(card)
    drawing.ellipse((50, 50, 190, 190), fill="#b5302a")
    _write(drawing, (230, 60), "中华人民共和国", 50)
    _write(drawing, (230, 140), "居 民 身 份 证", 56)
    _write(drawing, (150, 390), "签发机关", 28)
    _write(drawing, (300, 386), "舟山市公安局普陀分局", 32)
    _write(drawing, (150, 460), "有效期限", 28)
    _write(drawing, (300, 456), until, 32)
    return card


def register_page(person: Person) -> Image.Image:
    """A person's page of the household register."""
    page = Image.new("RGB", PAGE, "#f7f3e8")
    drawing = ImageDraw.Draw(page)
    _write(drawing, (330, 30), "常住人口登记卡", 44)
    rows = (
        (("姓名", person.name), ("户主或与户主关系", "户主")),
        (("曾用名", ""), ("性别", "女" if person.woman else "男")),
        (("出生地", "浙江省舟山市"), ("民族", "汉族")),
        (("籍贯", "浙江省舟山市"), ("出生日期", f"{person.born.year}年{person.born.month}月{person.born.day}日")),
        (("公民身份证件编号", person.number), ("身高", "")),
    )
    for line, cells in enumerate(rows):
        top = 110 + line * 90
        for column, (label, value) in enumerate(cells):
            left, split = 40 + column * 460, 40 + column * 460 + (160 if line < len(rows) - 1 else 130)
            drawing.rectangle((left, top, left + 460, top + 90), outline="#7a6a58", width=2)
            _write(drawing, (left + 8, top + 34), label, 18, "#6d5f4f")
            _write(drawing, (split, top + 28), value, 28)
    _write(drawing, (40, 590), "何时由何地迁来本市（县）", 18, "#6d5f4f")
    _write(drawing, (40, 640), "何时由何地迁来本址", 18, "#6d5f4f")
    return page


def disability_card(person: Person) -> Image.Image:
    """The data side of a disability certificate."""
    card = _ground(CARD, "#eef3ea")
    drawing = ImageDraw.Draw(card)
    _write(drawing, (240, 30), "中华人民共和国残疾人证", 36)
    sex = "女" if person.woman else "男"
    lines = (("姓名", person.name), ("性别", sex), ("残疾类别", "肢体"), ("残疾等级", "二级"),
             ("证号", person.number + "42"), ("有效期至", "2031年06月30日"))  # fmt: skip
    for place, (label, value) in enumerate(lines):
        _write(drawing, (60, 110 + place * 66), label, 26, "#4b5d43")
        _write(drawing, (230, 106 + place * 66), value, 32)
    return card


def photographed(card: Image.Image, chance: random.Random, *, turn: float | None = None) -> bytes:
    """The card on a table, photographed by hand: turned up to 10°, in perspective, in a shadow, with noise; JPEG."""
    table = Image.new("RGB", (1600, 1200), chance.choice(("#6b5644", "#3f4a52", "#8a7a66", "#54605a", "#2e2b29")))
    table = Image.blend(table, Image.effect_noise(table.size, 60).convert("RGB"), 0.08)
    scale = chance.uniform(0.95, 1.25)
    big = card.resize((round(card.width * scale), round(card.height * scale)), Image.Resampling.BICUBIC).convert("RGBA")
    angle = chance.uniform(-10, 10) if turn is None else turn
    big = big.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    layer = Image.new("RGBA", table.size)
    layer.paste(big, ((table.width - big.width) // 2 + chance.randrange(-60, 61),
                      (table.height - big.height) // 2 + chance.randrange(-40, 41)))  # fmt: skip
    layer = layer.transform(
        table.size, Image.Transform.PERSPECTIVE, _tilt(table.size, chance), Image.Resampling.BICUBIC
    )
    table.paste(layer, mask=layer.getchannel("A"))
    shaded = ImageChops.multiply(table, _shadow(table.size, chance))
    noisy = Image.blend(shaded, Image.effect_noise(table.size, chance.uniform(20, 60)).convert("RGB"), 0.10)
    soft = noisy.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.1)))
    out = io.BytesIO()
    soft.save(out, "JPEG", quality=chance.randrange(60, 90))
    return out.getvalue()


def _tilt(size: tuple[int, int], chance: random.Random) -> tuple[float, ...]:
    """A slight tilt of the camera: the last two of eight numbers bend, the others keep the middle where it is."""
    bend_x, bend_y = chance.uniform(-1.2e-4, 1.2e-4), chance.uniform(-1.2e-4, 1.2e-4)
    lift = 1 + bend_x * size[0] / 2 + bend_y * size[1] / 2
    return (lift, 0.0, 0.0, 0.0, lift, 0.0, bend_x, bend_y)


def _shadow(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Light that falls off to one side, and the soft shadow of a hand or a phone over a part."""
    low = chance.randrange(130, 200)
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(size)
    light = light.point(lambda value: low + value * (255 - low) // 255)
    dark = Image.new("L", size, 255)
    edge = chance.randrange(size[0])
    ImageDraw.Draw(dark).polygon([(edge, 0), (size[0], 0), (size[0], size[1]), (edge - 300, size[1])],
                                 fill=chance.randrange(140, 210))  # fmt: skip
    return ImageChops.multiply(light, dark.filter(ImageFilter.GaussianBlur(40))).convert("RGB")
