"""One user action as data: menus, toolbar, context menus, shortcut list and command palette all read this record."""

from collections.abc import Callable

from workbench.actions.workbench import Workbench
from workbench.values import value_type

Run = Callable[[Workbench], None]
Ask = Callable[[Workbench], bool]


def always(_: Workbench) -> bool:
    """Enabled whatever is open and selected."""
    return True


def no_word(_: Workbench) -> str:
    """Plain to see."""
    return ""


@value_type(frozen=True, slots=True)
class Action:
    """What a user can do.

    Attributes:
        id: stable name, ``menu.verb``.
        title: words of the menu, sentence case; ``…`` where a dialog follows.
        menu: path of menus it stands in; empty: only in the palette and the shortcut list.
        group: actions of one menu are ruled off where the group changes.
        icon: name under ``resources/icons``; empty for none.
        shortcuts: portable key sequences, the first one shown.
        enabled_when: whether it can be done now.
        run: does it.
        why_off: while it is off, why, in a sentence; empty where that is plain to see.
        checked_when: for a switch, whether it is on.
        contexts: context menus it stands in: ``canvas``, ``node``, ``bar``, ``line``.
        toolbar: whether it has a button; ``words`` gives the button its words too.
        canvas_only: its keys count only while the canvas has the focus, since text fields need them.
        presenting: its keys count only in the windows of a presentation, where they may be plain letters.
        also: other words the command palette finds it by.
    """

    id: str
    title: str
    run: Run
    menu: tuple[str, ...] = ()
    group: int = 0
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    enabled_when: Ask = always
    checked_when: Ask | None = None
    contexts: frozenset[str] = frozenset()
    toolbar: int = 0
    words: bool = False
    canvas_only: bool = False
    presenting: bool = False
    tip: str = ""
    also: str = ""
    why_off: Callable[[Workbench], str] = no_word
