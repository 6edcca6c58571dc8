"""From which revision two versions of a project both grew."""

from collections.abc import Iterable, Mapping

from workbench.files.revisions import Revision, Revisions


def common_ancestor(known: Iterable[Revision], one: Iterable[str], other: Iterable[str]) -> Revision | None:
    """The newest revision on which both of two lines of work are built.

    Args:
        known: every revision of either line.
        one: names of the revisions one line ends in; ``other`` likewise.

    Returns:
        The one with the highest number of those that no other common one is built on; None where they share none.
    """
    by_name = {revision.name: revision for revision in known}
    shared = _behind(by_name, one) & _behind(by_name, other)
    below = {parent for name in shared for parent in by_name[name].parents}
    return max((by_name[name] for name in shared - below), key=lambda found: (found.number, found.name), default=None)


def _behind(by_name: Mapping[str, Revision], ends: Iterable[str]) -> set[str]:
    """Some revisions and all they are built on, as far as these are known."""
    found: set[str] = set()
    waiting = list(ends)
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in found:
            found.add(name)
            waiting += by_name[name].parents
    return found


def shared_revision(ours: Revisions, theirs: Revisions) -> tuple[Revision, Revisions] | None:
    """The revision that two project files both grew from, and where its document lies; None where none is known.

    Raises:
        ProjectFileError: a folder cannot be read.
    """
    mine, other = ours.all(), theirs.all()
    found = common_ancestor(
        {revision.name: revision for revision in (*mine, *other)}.values(),
        [revision.name for revision in mine],
        [revision.name for revision in other],
    )
    if found is None:
        return None
    return found, ours if any(revision.name == found.name for revision in mine) else theirs
