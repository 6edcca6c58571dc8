"""Which screen is the audience's and which the presenter's."""


def places(screens: int, home: int, *, swapped: bool) -> tuple[int, int | None]:
    """Indices of the audience's and the presenter's screen; the latter None where there is one screen only.

    Args:
        screens: how many there are.
        home: index of the one with the program's window: there sits who presents.
        swapped: the two change places.
    """
    if screens < 2:
        return 0, None
    other = next(index for index in range(screens) if index != home)
    return (home, other) if swapped else (other, home)
