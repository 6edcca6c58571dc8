"""Checks that serve several rules at once, because they rest on the same reading of the document."""

from typing import TYPE_CHECKING, Any

from workbench.analysis.findings import Rule
from workbench.model.base import Record
from workbench.values import value_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workbench.analysis.lint.context import Context
    from workbench.store.store import Store


@value_type(frozen=True, slots=True)
class Family:
    """Rules whose findings about one record come from one check.

    Attributes:
        about: classes of the records it looks at.
        check: (rule, message) pairs for one record; reads the document through the context only.
        sift: as that of a rule.
    """

    rules: tuple[Rule, ...]
    about: tuple[type[Record], ...]
    check: "Callable[[Context, Any], Iterable[tuple[str, str]]]"
    sift: "Callable[[Context, Sequence[Any]], Iterable[Any]] | None" = None


@value_type(frozen=True, slots=True)
class Whole:
    """Rules that can only be answered by looking at the whole document.

    Attributes:
        find: everything the rules find.
        wanted: whether a change from one record to another (None: there was, or is, none) can alter what is found,
            given whether anything is found now.
    """

    rules: tuple[Rule, ...]
    find: "Callable[[Store], Iterable[tuple[str, str, str]]]"
    wanted: "Callable[[Store, Record | None, Record | None, bool], bool]"


def by_whole(_: object, __: object) -> tuple[str, ...]:
    """The check of a rule that a family, or a look at the whole document, answers."""
    return ()
