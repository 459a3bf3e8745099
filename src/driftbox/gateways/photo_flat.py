"""Lays a photographed paper flat: finds its four corners, cuts it out, straightens it, and judges the light.

Needs the extra ``ocr`` (OpenCV, NumPy). Where no paper can be made out the picture stays as it is.
"""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from driftbox.gateways.ocr import Verdict

Picture = MatLike
Corners = npt.NDArray[np.float32]

LEAST, MOST = 900, 1400
_LOOK: Final = 640  # longest side in pixels of the picture in which the paper is looked for
_SMALLEST, _LARGEST = 0.12, 0.985  # of the picture's area
_AS_LARGE: Final = 0.5  # of the largest: a second paper, not a thing printed on the first
_MARGIN: Final = 0.015  # of the paper's sides, left around it
_TALLEST: Final = 2.4  # longer side by shorter: A4 1.41, card 1.59, opened booklet 1.5
_DARK: Final = 62  # mean of 255
_WASHED: Final = 0.06  # share of the paper in one blot without any drawing
_BLURRED: Final = 45.0  # variance of the Laplacian, after the picture is brought to one contrast


def flatten(picture: Picture) -> tuple[Picture, bool]:
    """The paper alone, seen from straight above, and whether a paper was made out."""
    corners = _paper(picture)
    return (picture, False) if corners is None else (_laid_flat(picture, corners), True)


def judge(picture: Picture) -> tuple[Verdict, ...]:
    """What makes the picture hard to read: too dark, glare on it, blurred."""
    grey = cv2.cvtColor(_small(picture), cv2.COLOR_BGR2GRAY)
    found: list[Verdict] = []
    if float(grey.mean()) < _DARK:
        found.append("dark")
    if _blot(grey) > _WASHED:
        found.append("glare")
    spread = max(float(grey.std()), 1.0)
    if cv2.Laplacian(grey, cv2.CV_64F).var() * (50.0 / spread) ** 2 < _BLURRED:
        found.append("blurred")
    return tuple(found)


def evened(picture: Picture) -> Picture:
    """The picture under even light: a shadow across the paper is taken out of the lightness alone."""
    lab = cv2.cvtColor(picture, cv2.COLOR_BGR2LAB)
    light = lab[:, :, 0]
    width = max(31, (max(light.shape) // 12) | 1)
    ground = cv2.blur(cv2.dilate(light, np.ones((9, 9), np.uint8)), (width, width))
    lab[:, :, 0] = cv2.divide(light, np.maximum(ground, 1), scale=235)
    return cv2.cvtColor(lab, cv2.COLOR_LAB2BGR)


def sized(picture: Picture) -> Picture:
    """The picture in the size that is read best: its longest side between ``LEAST`` and ``MOST`` pixels."""
    longest = max(picture.shape[:2])
    scale = min(max(longest, LEAST), MOST) / longest
    if scale == 1:
        return picture
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how)


def _small(picture: Picture) -> Picture:
    scale = _LOOK / max(picture.shape[:2])
    if scale >= 1:
        return picture
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _blot(grey: Picture) -> float:
    """The share of the largest patch of pure white with nothing in it, when the rest is not as bright."""
    white = (grey >= 252).astype(np.uint8)  # noqa: PLR2004 - all but pure white
    if np.median(grey) >= 245:  # noqa: PLR2004 - white paper on a scanner, not a lamp
        return 0.0
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(white)
    areas = stats[1:, cv2.CC_STAT_AREA]
    return float(areas.max()) / grey.size if len(areas) else 0.0


def _paper(picture: Picture) -> Corners | None:
    """The corners of the largest thing with four of them, in pixels of ``picture``; None when two lie side by side."""
    small = _small(picture)
    scale = max(picture.shape[:2]) / max(small.shape[:2])
    found = [corners for mask in _masks(small) for corners in _papers_in(mask)]
    if not found:
        return None
    best = max(found, key=_area)
    if any(_area(other) > _AS_LARGE * _area(best) and _apart(best, other) for other in found):
        return None
    corners: Corners = (best * scale).astype(np.float32)
    return corners


def _papers_in(mask: Picture) -> list[Corners]:
    contours, _tree = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = sorted(contours, key=cv2.contourArea, reverse=True)[:3]
    found = (_four(contour, mask.shape[0] * mask.shape[1]) for contour in largest)
    return [corners for corners in found if corners is not None]


def _apart(one: Corners, other: Corners) -> bool:
    """Whether two papers lie beside each other, not one on the other."""
    shared, _shape = cv2.intersectConvexConvex(one, other)
    return float(shared) < (1 - _AS_LARGE) * _area(other)


def _masks(small: Picture) -> list[Picture]:
    """Where the paper may be: by its edges, by its lightness, by how it differs from the rim of the picture."""
    soft = cv2.bilateralFilter(small, 7, 50, 50)
    grey = cv2.cvtColor(soft, cv2.COLOR_BGR2GRAY)
    kernel = np.ones((5, 5), np.uint8)
    edges = cv2.morphologyEx(cv2.Canny(grey, 25, 75), cv2.MORPH_CLOSE, kernel, iterations=2)
    _level, light = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    lab = cv2.cvtColor(soft, cv2.COLOR_BGR2LAB).astype(np.float32)
    rim = np.concatenate([lab[:6].reshape(-1, 3), lab[-6:].reshape(-1, 3), lab[:, :6].reshape(-1, 3),
                          lab[:, -6:].reshape(-1, 3)])  # fmt: skip
    apart = np.linalg.norm(lab - np.median(rim, axis=0), axis=2)
    apart8 = np.clip(apart * 2, 0, 255).astype(np.uint8)
    _level, differs = cv2.threshold(apart8, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    closed = [cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)) for mask in (light, differs)]
    return [edges, *closed]


def _four(contour: npt.NDArray[Any], whole: int) -> Corners | None:
    hull = cv2.convexHull(contour)
    area = cv2.contourArea(hull)
    if not _SMALLEST < area / whole < _LARGEST:
        return None
    around = cv2.arcLength(hull, closed=True)
    for slack in (0.02, 0.03, 0.045, 0.06):
        found = cv2.approxPolyDP(hull, slack * around, closed=True)
        if len(found) == 4 and cv2.contourArea(found) > 0.9 * area:  # noqa: PLR2004 - corners; nearly all of it
            corners = _ordered(found.reshape(4, 2).astype(np.float32))
            wide, high = _sides(corners)
            return corners if max(wide, high) / max(min(wide, high), 1) < _TALLEST else None
    return None


def _ordered(points: Corners) -> Corners:
    """Top left, top right, bottom right, bottom left."""
    total, apart = points.sum(axis=1), np.diff(points, axis=1).ravel()
    return points[[total.argmin(), apart.argmin(), total.argmax(), apart.argmax()]]


def _sides(corners: Corners) -> tuple[float, float]:
    top, bottom = np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3])
    left, right = np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1])
    return float(max(top, bottom)), float(max(left, right))


def _area(corners: Corners) -> float:
    return float(cv2.contourArea(corners))


def _laid_flat(picture: Picture, corners: Corners) -> Picture:
    wide, high = _sides(corners)
    x, y = wide * _MARGIN, high * _MARGIN
    goal = np.array([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, goal)
    size = (int(wide + 2 * x), int(high + 2 * y))
    return cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
