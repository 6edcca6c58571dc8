"""Exports in steps, so that a window can show how far one is and stop it. No Qt."""

from collections.abc import Callable, Generator
from typing import Protocol, TypeVar

from workbench.render.text import Measure
from workbench.values import value_type

T = TypeVar("T")


@value_type(frozen=True, slots=True)
class Doing:
    """How far something is, 0 to 1, and what of it is made from now on."""

    share: float
    told: str


Step = float | Doing
Steps = Generator[Step, None, T]
"""What yields how far it is, and returns what it made in the end."""


class Aside(Protocol):
    """Where steps run that measure letters but paint nothing; hands them a measure that is good there."""

    def __call__(self, make: Callable[[Measure], Steps[T]]) -> Steps[T]:
        """The same steps; they see the project and nothing that changes meanwhile."""


def finished(steps: Steps[T]) -> T:
    """What steps make in the end."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: T = done.value
            return result


def between(begin: float, end: float, steps: Steps[T]) -> Steps[T]:
    """The same steps as a part of more, from one share of it to another."""
    try:
        while True:
            try:
                step = next(steps)
            except StopIteration as done:
                result: T = done.value
                return result
            if isinstance(step, Doing):
                yield Doing(begin + (end - begin) * step.share, step.told)
            else:
                yield begin + (end - begin) * step
    finally:
        steps.close()
