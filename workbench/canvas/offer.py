"""Existing elements offered while a title is typed."""

from collections.abc import Callable, Sequence

from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Offer:
    """An element that exists and might be meant."""

    id: str
    text: str


Offers = Callable[[str], Sequence[Offer]]
