"""Dataclasses without their price, for kinds of value of which there are many, or many values of one kind.

Type checkers see ``dataclasses.dataclass`` and refuse assignments to frozen fields. At run time nothing guards the
fields, because the guard is dear: setting a field past it makes an object of fourteen fields eight times slower to
build (a picture of ten thousand elements is made of fifty thousand). And compiling the methods of a hundred dataclasses
one by one was a tenth of the time to the first window: here they are shared, but for ``__init__``, which is compiled
when the first object is made.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

__all__ = ["value_type"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value_type
else:

    def value_type(
        *, slots: bool, frozen: bool = False, eq: bool = True, weakref_slot: bool = False
    ) -> Callable[[type[T]], type[T]]:
        """Make a class a value: fields from its annotations, equal to and hashed as others of equal fields.

        Args:
            slots: must be true; it is there for type checkers.
            frozen: whether the fields stay as they are; only then can a value be hashed.
            eq: false where each object is itself only, whatever it holds.
            weakref_slot: whether weak references to it may be held.
        """
        assert slots

        def make(cls: type[T]) -> type[T]:
            made = dataclass(init=False, eq=False, repr=False, slots=True, weakref_slot=weakref_slot)(cls)
            names = tuple(field.name for field in fields(made))
            made.__init__ = _init_when_used(made)
            made.__repr__ = _shown(names)
            if eq:
                content = _getter(names)
                made.__eq__ = _equal(content)
                made.__hash__ = _hashed(content) if frozen else None
            return made

        return make


def _getter(names: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """What gives the fields of an object as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _equal(content: Callable[[object], tuple[Any, ...]]) -> Callable[[object, object], object]:
    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return content(self) == content(other)

    return equal


def _hashed(content: Callable[[object], tuple[Any, ...]]) -> Callable[[object], int]:
    def hashed(self: object) -> int:
        return hash(content(self))

    return hashed


def _shown(names: tuple[str, ...]) -> Callable[[object], str]:
    def shown(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return shown


def _init_when_used(cls: type[Any]) -> Callable[..., None]:
    """An ``__init__`` that puts the real one in its place when it is first called."""

    def init(self: object, *args: Any, **kwargs: Any) -> None:
        if cls.__dict__["__init__"] is init:
            cls.__init__ = _compiled_init(cls)
        cls.__init__(self, *args, **kwargs)

    return init


def _compiled_init(cls: type[Any]) -> Callable[..., None]:
    """The ``__init__`` that ``dataclasses`` would make."""
    known: dict[str, Any] = {"MISSING": MISSING}
    parameters, lines = [], []
    for field in fields(cls):
        name, value = field.name, field.name
        if field.default is not MISSING:
            known[f"default_{name}"] = field.default
            parameters.append(f"{name}=default_{name}")
        elif field.default_factory is not MISSING:
            known[f"make_{name}"] = field.default_factory
            parameters.append(f"{name}=MISSING")
            value = f"make_{name}() if {name} is MISSING else {name}"
        else:
            parameters.append(name)
        lines.append(f"  self.{name} = {value}")
    source = f"def __init__(self, {', '.join(parameters)}):\n" + ("\n".join(lines) or "  pass")
    exec(source, known)  # noqa: S102 - made of the names of our own fields, as dataclasses does
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
