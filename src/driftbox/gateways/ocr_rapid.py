"""The real reader: RapidOCR with the models in its wheel, on this machine's processor. Needs the extra ``ocr``.

Loading takes about a second and 0.6 GB, so it lives in the process of ``driftbox read``, never in that of the pages.
"""

import math
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_rec import TextRecInput

from driftbox.domain.consult.paper_lines import Line
from driftbox.domain.errors import BadPaper
from driftbox.gateways.ocr import Seen
from driftbox.gateways.photo_flat import Picture, evened, flatten, judge, sized

Boxes = npt.NDArray[np.float32]

_SETTINGS: Final = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 2,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_side_len": 960,
    "Det.limit_type": "max",
    "Global.log_level": "error",
}
_NOTHING: Final = {"use_det": False, "use_cls": False, "use_rec": False}
_UPSIDE_DOWN: Final = "180"
_FEW: Final = 3  # lines, below which the picture is tried again otherwise
_SURE: Final = 0.5  # of 1: what a line needs to be kept
_SMALL_PRINT: Final = 14  # pixels: the height of lines below which somebody should step nearer
_SLANT: Final = 12.0  # degrees of the lines that are left over after straightening


class RapidReader:
    """Reads one photograph at a time, with two threads."""

    def __init__(self) -> None:
        engine: Any = RapidOCR(params=_SETTINGS)
        blank = np.full((64, 256, 3), 255, np.uint8)
        for step in ("use_det", "use_cls", "use_rec"):  # each part is loaded when it is first asked for
            engine(blank, **{**_NOTHING, step: True})
        self._find, self._turn, self._spell = engine.text_det, engine.text_cls, engine.text_rec

    def read(self, photo: bytes) -> Seen:
        """The lines on ``photo`` (JPEG), put upright and straight, and what made them hard to read.

        Raises:
            BadPaper: not a picture that can be unpacked.
        """
        picture = cv2.imdecode(np.frombuffer(photo, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise BadPaper("not_a_photo", "这个文件不是照片，或者传坏了。请用手机对着纸再拍一张。")
        whole = picture
        flat, found = flatten(whole)
        verdicts = list(judge(flat))
        lines = self._lines(sized(flat))
        if found and len(lines) < _FEW:  # what was cut out was not the paper
            lines = max(lines, self._lines(sized(whole)), key=len)
        if len(lines) < _FEW and verdicts:
            lines = max(lines, self._lines(evened(sized(whole))), key=len)
        if lines and float(np.median([line.box[3] - line.box[1] for line in lines])) < _SMALL_PRINT:
            verdicts.append("small")
        return Seen(lines, tuple(verdicts))

    def _lines(self, picture: Picture) -> tuple[Line, ...]:
        boxes = self._boxes(picture)
        if boxes is None:
            return ()
        if _lying(boxes):
            picture = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
            boxes = self._boxes(picture)
            if boxes is None:
                return ()
        crops = [_cut(picture, box) for box in boxes]
        if self._upside_down(crops):
            crops = [cv2.rotate(crop, cv2.ROTATE_180) for crop in crops]
            boxes = np.array([picture.shape[1], picture.shape[0]], np.float32) - boxes
        told = self._spell(TextRecInput(img=crops))
        return tuple(
            Line(text, _upright(box), round(float(score) * 100))
            for box, text, score in zip(_levelled(boxes), told.txts or (), told.scores, strict=True)
            if text.strip() and score >= _SURE
        )

    def _boxes(self, picture: Picture) -> Boxes | None:
        found = self._find(picture).boxes
        return None if found is None or not len(found) else np.asarray(found, np.float32)

    def _upside_down(self, crops: list[Picture]) -> bool:
        """By the longer lines: a single character looks the same either way."""
        long = sorted(crops, key=lambda crop: crop.shape[1] / crop.shape[0], reverse=True)[:8]
        told = self._turn(long).cls_res or ()
        return bool(sum(score if label == _UPSIDE_DOWN else -score for label, score in told) > 0)


def _cut(picture: Picture, box: Boxes) -> Picture:
    """One line, straight; ``box`` begins at its top left corner."""
    wide = max(float(np.linalg.norm(box[0] - box[1])), float(np.linalg.norm(box[2] - box[3])), 1.0)
    high = max(float(np.linalg.norm(box[0] - box[3])), float(np.linalg.norm(box[1] - box[2])), 1.0)
    goal = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(box, goal)
    return cv2.warpPerspective(
        picture, matrix, (math.ceil(wide), math.ceil(high)), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _lying(boxes: Boxes) -> bool:
    """Whether the lines run from top to bottom: the paper lies on its side."""
    wide = np.linalg.norm(boxes[:, 0] - boxes[:, 1], axis=1)
    high = np.linalg.norm(boxes[:, 0] - boxes[:, 3], axis=1)
    return bool(np.maximum(high - wide, 0).sum() > np.maximum(wide - high, 0).sum())


def _levelled(boxes: Boxes) -> Boxes:
    """The boxes turned so that their lines run level."""
    along = boxes[:, 1] - boxes[:, 0]
    long = along[np.linalg.norm(along, axis=1) >= np.median(np.linalg.norm(along, axis=1))]
    slant = float(np.median(np.arctan2(long[:, 1], np.abs(long[:, 0]) + 1e-6)))
    if abs(math.degrees(slant)) > _SLANT * 2:
        return boxes
    cos, sin = math.cos(-slant), math.sin(-slant)
    return boxes @ np.array([[cos, sin], [-sin, cos]], np.float32)


def _upright(box: Boxes) -> tuple[int, int, int, int]:
    """The box around the middle of a line, as high as the line itself: one that slants does not reach into the next."""
    x, y = box.mean(axis=0)
    wide, high = np.linalg.norm(box[0] - box[1]) / 2, np.linalg.norm(box[0] - box[3]) / 2
    return int(x - wide), int(y - high), int(x + wide), int(y + high)
