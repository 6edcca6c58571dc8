"""Frozen dataclasses without their price, for values of which there are many: in kinds, or in number.

Type checkers see ``dataclasses.dataclass`` and refuse assignments. At run time nothing guards the fields, because the
guard is dear: setting a field past it makes an object of fourteen fields eight times slower to build (a picture of
ten thousand elements is made of fifty thousand), and compiling the five methods of a frozen dataclass, one by one, for
a hundred classes was a tenth of the time to the first window. Here one method is compiled and the others are shared.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

__all__ = ["value_type"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value_type
else:

    def value_type(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """Make a class a value: fields from its annotations, equal to and hashed as others of equal fields.

        Both arguments must be true; they are there for type checkers.
        """
        assert frozen
        assert slots

        def make(cls: type[T]) -> type[T]:
            made = dataclass(slots=True, eq=False, repr=False)(cls)
            names = tuple(field.name for field in fields(made))
            _equip(made, names, _getter(names))
            return made

        return make


def _getter(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """What gives the fields of an object as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _equip(cls: type[Any], names: tuple[str, ...], content: Callable[[object], tuple[Any, ...]]) -> None:
    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return content(self) == content(other)

    def hashed(self: object) -> int:
        return hash(content(self))

    def shown(self: object) -> str:
        return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    cls.__eq__, cls.__hash__, cls.__repr__ = equal, hashed, shown  # type: ignore[assignment]
