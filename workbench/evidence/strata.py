"""Groups of samples, kept small however many samples there are: ids that pose as groups are dropped."""

from collections.abc import Iterable
from typing import Final

from workbench.evidence.problems import one_line

_MOST_VALUES: Final = 1_000
_MOST_GROUPS: Final = 20_000
_LONGEST: Final = 200


class Groups:
    """Makes the strata of samples. Samples of the same groups share one object.

    A name with more values than any group has is an id: it is dropped from then on.
    """

    def __init__(self) -> None:
        self._values: dict[str, set[str]] = {}
        self._made: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}

    def of(self, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        """The groups that a sample belongs to, by name; empty values and dropped names are left out."""
        key = tuple((name, value[:_LONGEST]) for name, value in pairs if value and self._is_group(name, value))
        found = self._made.get(key)
        if found is None:
            found = {one_line(name, _LONGEST): one_line(value, _LONGEST) for name, value in key}
            if len(self._made) < _MOST_GROUPS:
                self._made[key] = found
            else:
                return {}
        return found

    def _is_group(self, name: str, value: str) -> bool:
        values = self._values.setdefault(name, set())
        if len(values) < _MOST_VALUES:
            values.add(value[:_LONGEST])
        return len(values) < _MOST_VALUES
