"""The typeface of diagrams: loaded once, the same on every machine, measured with what is in use.

Sizes are whole pixels. Qt's fractional sizes are in points and follow the resolution of what is painted on, so that a
label of 13.5 would wrap otherwise on paper than on screen; a whole pixel size means the same on every device. Zoom is
the painter's scale, and without hinting all widths grow with it in proportion, so nothing ever wraps again.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import current_thread
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication
from typing_extensions import override

from workbench.render.sizes import shared

REGULAR: Final = 400
SEMIBOLD: Final = 600
_FACES: Final = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
_MARK: Final = "hazardWorkbenchFonts"
_MOST_KEPT: Final = 60_000


def font_folder() -> Path | None:
    """The folder of the packaged typeface, or None where the package is missing."""
    spec = find_spec("font_source_sans_pro")
    places = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(places))) / "files" if places else None


def load_fonts() -> bool:
    """Make the packaged typeface known to Qt, once for each application object.

    Returns:
        Whether its faces are there; without them the first family the system has is used, and text runs wider.

    Raises:
        RuntimeError: there is no QGuiApplication yet.
    """
    app = QGuiApplication.instance()
    if app is None:
        raise RuntimeError("Fonts need a QGuiApplication; make one first.")
    known = app.property(_MARK)
    if known is not None:
        return bool(known)
    folder = font_folder()
    found = folder is not None and all(
        QFontDatabase.addApplicationFont(str(folder / face)) >= 0 for face in _FACES if (folder / face).is_file()
    )
    found = found and "Source Sans Pro" in QFontDatabase.families()
    app.setProperty(_MARK, found)
    _families.cache_clear()
    canvas_font.cache_clear()
    _metrics.cache_clear()
    return found


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    """The wanted families that this machine has. Naming one that is missing makes Qt search for it, and say so."""
    present = set(QFontDatabase.families())
    kinds = shared().type
    wanted = (*kinds.latin, *kinds.cjk, *kinds.arabic)
    return tuple(dict.fromkeys(family for family in wanted if family in present))


@lru_cache(maxsize=64)
def canvas_font(size: int, weight: int) -> QFont:
    """The font of diagrams at a pixel size and weight; do not change the object, it is shared.

    Raises:
        RuntimeError: there is no QGuiApplication yet.
    """
    load_fonts()
    return _font(size, weight)


def _font(size: int, weight: int) -> QFont:
    font = QFont()
    font.setFamilies(_families())
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if weight >= SEMIBOLD else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("liga"), 0)  # a PDF cannot say which letters "ft" drawn as one glyph stands for
    return font


@lru_cache(maxsize=64)
def _metrics(size: int, weight: int) -> QFontMetricsF:
    return QFontMetricsF(canvas_font(size, weight))


class QtMeasure:
    """Measures with the fonts Qt draws with, and remembers. Make one and share it."""

    def __init__(self) -> None:
        """Load the fonts.

        Raises:
            RuntimeError: there is no QGuiApplication yet.
        """
        load_fonts()
        self._widths: dict[tuple[str, int, int], float] = {}

    def _metrics(self, size: int, weight: int) -> QFontMetricsF:
        return _metrics(size, weight)

    def width(self, text: str, size: int, weight: int) -> float:
        """Advance width of one line of text in scene units."""
        key = (text, size, weight)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= _MOST_KEPT:
                self._widths.clear()
            width = self._widths[key] = self._metrics(size, weight).horizontalAdvance(text)
        return width

    def ascent(self, size: int, weight: int) -> float:
        """From the baseline up to the top of a line."""
        return self._metrics(size, weight).ascent()

    def descent(self, size: int, weight: int) -> float:
        """From the baseline down to the foot of a line."""
        return self._metrics(size, weight).descent()


class ThreadMeasure(QtMeasure):
    """Measures in one thread that is not the window's, with fonts of its own: two threads must not share Qt's.

    What was built with it may be handed to the window, where it measures with the window's fonts.
    """

    def __init__(self) -> None:
        """Make no font yet; the fonts have been loaded in the thread of the window."""
        super().__init__()
        self._thread = current_thread()
        self._own: dict[tuple[int, int], QFontMetricsF] = {}

    @override
    def _metrics(self, size: int, weight: int) -> QFontMetricsF:
        if current_thread() is not self._thread:
            return super()._metrics(size, weight)
        found = self._own.get((size, weight))
        if found is None:
            found = self._own[size, weight] = QFontMetricsF(_font(size, weight))
        return found


@lru_cache(maxsize=1)
def qt_measure() -> QtMeasure:
    """The measure that screen and exports share.

    Raises:
        RuntimeError: there is no QGuiApplication yet.
    """
    return QtMeasure()
