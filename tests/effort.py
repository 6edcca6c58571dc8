"""Limits of effort that hold on every computer: told in plain loops, not in seconds."""

from collections.abc import Generator
from contextlib import contextmanager
from time import process_time

_LEAST_OF_A_LOOP = 0.005
"""Seconds: no computer does a plain loop in less."""


def plain_loop() -> int:
    """A million additions: some 30 ms of a fast computer."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


@contextmanager
def within(most: float) -> Generator[None]:
    """Fails where what is done inside takes the processor longer than so many plain loops.

    Seconds would fail on a slow computer, and those of the wall on a busy one.
    """
    began = process_time()
    yield
    taken = process_time() - began
    if taken > most * _LEAST_OF_A_LOOP:
        loops = []
        for _ in range(3):
            began = process_time()
            plain_loop()
            loops.append(process_time() - began)
        assert taken <= most * max(loops), f"{taken:.3f} s are {taken / max(loops):.1f} plain loops (limit {most})"
