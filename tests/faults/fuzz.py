"""What the fuzzing scripts share: coverage-guided by atheris where it is installed, else by mutations alone.

Each script ``fuzz_*.py`` gives a function that takes bytes and raises where the program does wrong, and seeds.
``python -m tests.faults.fuzz_loader --seconds 300 --corpus DIR``: the corpus folder keeps what reached new code, so
that the next run goes on from there; a failing input is written to it as ``…-crash-…``, and ``--only FILE`` tries one
input again.
"""

import argparse
import importlib
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.faults.mutations import mutate, mutate_bytes, text_of

Target = Callable[[bytes], None]
SLOWEST = 2.0
"""Seconds of the processor that one input may take."""


def say(text: str) -> None:
    """A line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def plain(error: Exception) -> None:
    """The message of an error is a line for the user."""
    assert str(error).isprintable(), f"the message is no plain line: {error!r}"
    assert len(str(error)) < 4_000, "the message is too long"


def mutated(data: bytes, seed: int) -> bytes:
    """Some damage to an input: half of it to its structure, where it is JSON, half to its bytes."""
    rng = random.Random(seed)
    for _ in range(rng.choice((1, 1, 2, 3))):
        value = _lines(data) if rng.random() < 0.6 else None
        data = mutate_bytes(data, rng) if value is None else _joined(value, rng)
    return data[:500_000]


def _lines(data: bytes) -> list[Any] | None:
    """The values of a JSON or JSON Lines text."""
    try:
        return [json.loads(data)]
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    except (ValueError, RecursionError):
        return None


def _joined(values: list[Any], rng: random.Random) -> bytes:
    if not values:
        return b""
    place = rng.randrange(len(values))
    values[place] = mutate(values[place], rng)
    return b"\n".join(map(text_of, values))


def checked(target: Target) -> Target:
    """The target, which fails too where it takes too long."""

    def call(data: bytes) -> None:
        began = time.process_time()
        target(data)
        taken = time.process_time() - began
        assert taken < SLOWEST, f"{len(data)} bytes took {taken:.1f} s"

    return call


def without_atheris(target: Target, seeds: Sequence[bytes], start: int, count: int, seconds: float) -> int:
    """Mutations by number; the number of the one that failed, or -1."""
    ends = time.monotonic() + seconds
    for number in range(start, start + count):
        data = mutated(seeds[number % len(seeds)], number)
        try:
            target(data)
        except Exception:  # whatever leaves the target is what this looks for
            say(f"input {number} failed:\n{traceback.format_exc()}")
            return number
        if time.monotonic() > ends:
            say(f"stopped at input {number}; go on with --start {number + 1}")
            break
    return -1


def main(name: str, prepare: Callable[[], tuple[Target, Iterable[bytes]]], arguments: Sequence[str] = ()) -> int:
    """Run one script. ``prepare`` imports what is tried, so that atheris can watch it."""
    parser = argparse.ArgumentParser(prog=name)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--corpus", type=Path, default=Path("fuzz-corpus"))
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--count", type=int, default=10**9)
    parser.add_argument("--only", type=Path)
    options = parser.parse_args(arguments or sys.argv[1:])
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        atheris = None
        say("atheris is not installed: mutations only, blind to coverage")
    if atheris is None or options.only:
        target, seeds = prepare()
        if options.only:
            checked(target)(options.only.read_bytes())
            return 0
        return int(without_atheris(checked(target), [*seeds], options.start, options.count, options.seconds) >= 0)
    with atheris.instrument_imports(include=["workbench"]):
        target, seeds = prepare()
    folder = options.corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number:03}").write_bytes(seed)

    def mutator(data: bytes, limit: int, seed: int) -> bytes:
        return mutated(data, seed)[:limit] if seed % 4 else bytes(atheris.Mutate(data, limit))

    limits = ["-max_len=300000", "-rss_limit_mb=1024", "-timeout=20", "-print_final_stats=1", "-verbosity=1"]
    where = [f"-artifact_prefix={folder.parent / name}-", f"-max_total_time={options.seconds:.0f}", str(folder)]
    atheris.Setup([name, *limits, *where], checked(target), custom_mutator=mutator)
    atheris.Fuzz()
    return 0
