"""The presenter's timer: counts up, or down with a warning; can be paused. Told the time, it reads no clock itself."""

from collections.abc import Callable
from typing import Final, Literal

Pressure = Literal["", "soon", "over"]
_SOON: Final = 0.1
"""Share of the time to go at which the warning begins; never later than two minutes before the end."""
_SOON_AT_LEAST: Final = 120.0
LONGEST: Final = 24 * 60
"""Minutes that can be counted down from."""


class Timer:
    """Seconds since the beginning, less pauses."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Begin at once.

        Args:
            now: seconds that never go back, from any beginning.
        """
        self._now = now
        self._began = now()
        self._paused_at: float | None = None
        self._minutes = 0

    @property
    def minutes(self) -> int:
        """Minutes counted down from; 0: it counts up."""
        return self._minutes

    @property
    def paused(self) -> bool:
        """Whether it stands still."""
        return self._paused_at is not None

    @property
    def elapsed(self) -> float:
        """Seconds since it began, pauses left out."""
        return (self._now() if self._paused_at is None else self._paused_at) - self._began

    @property
    def left(self) -> float:
        """Seconds to go, below 0 once they are over; 0 where it counts up."""
        return self._minutes * 60.0 - self.elapsed if self._minutes else 0.0

    @property
    def warning(self) -> Pressure:
        """Whether the time to go is short, or over."""
        if not self._minutes:
            return ""
        if self.left < 0:
            return "over"
        return "soon" if self.left <= max(_SOON_AT_LEAST, self._minutes * 60.0 * _SOON) else ""

    def count(self, minutes: int) -> None:
        """Count down from so many minutes, or up for 0; begins anew."""
        self._minutes = max(0, min(LONGEST, minutes))
        self.reset()

    def toggle(self) -> None:
        """Stand still, or go on."""
        now = self._now()
        if self._paused_at is None:
            self._paused_at = now
        else:
            self._began += now - self._paused_at
            self._paused_at = None

    def reset(self) -> None:
        """Begin anew; one that stands still stays so."""
        now = self._now()
        self._began = now
        if self._paused_at is not None:
            self._paused_at = now

    @property
    def text(self) -> str:
        """What it shows, such as ``4:05``, ``1:00:00`` or, past the end, ``−0:12``."""
        if not self._minutes:
            return spelled(self.elapsed)
        left = self.left
        return spelled(left) if left >= 0 else f"−{spelled(-left)}"


def spelled(seconds: float) -> str:
    """Whole minutes and seconds, with hours where there are any."""
    whole = max(0, int(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
