"""Loading and saving 10,000 elements and 13,000 links, each beside a baseline of the same bytes in the same run.

Run with ``--benchmark-enable -s`` for the table. Times are of the processor, the fastest of interleaved rounds, which
is what is left of a figure on a busy machine. Two baselines of loading are given: ``orjson.loads`` as anybody calls it,
and with the garbage collector off, as the loader has it.
"""

import gc
import json
import sys
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import orjson
import pytest

from tests.generator import make_project
from workbench.files.canonical import canonical_bytes
from workbench.files.project import load_bytes, load_project, save_project

ROUNDS = 15


@pytest.fixture(scope="module")
def data() -> bytes:
    return canonical_bytes(make_project())


def timed(action: Callable[[], Any]) -> float:
    start = process_time()
    kept = action()
    spent = process_time() - start
    del kept
    return spent


def without_collector(action: Callable[[], Any]) -> Callable[[], Any]:
    def call() -> Any:
        gc.disable()
        try:
            return action()
        finally:
            gc.enable()

    return call


def ratios(ours: Callable[[], Any], baseline: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Fastest and median of ``ours``, each over that of ``baseline``, taken in turn."""
    pairs = []
    for _ in range(rounds):
        gc.collect()
        pairs.append((timed(ours), timed(baseline)))
    mine, other = zip(*pairs, strict=True)
    return min(mine) / min(other), median(mine) / median(other)


def tell(name: str, limit: float, found: tuple[float, float]) -> None:
    sys.stdout.write(f"\n{name}: fastest {found[0]:.2f}, median {found[1]:.2f} (limit {limit})")


def test_loading_with_all_checks(benchmark, data):
    plain = ratios(lambda: load_bytes(data), lambda: orjson.loads(data))
    quiet = ratios(lambda: load_bytes(data), without_collector(lambda: orjson.loads(data)))
    tell("load / orjson.loads", 5.0, plain)
    tell("load / orjson.loads, collector off", 5.0, quiet)
    loaded = benchmark.pedantic(load_bytes, (data,), rounds=3)
    assert not loaded.notes
    assert canonical_bytes(loaded.store.records.values()) == data
    if benchmark.enabled:
        assert min(plain) <= 5.0


def test_saving(benchmark, data, tmp_path):
    store = load_bytes(data).store
    plain = json.loads(data)
    path = tmp_path / "big.hazard.json"
    found = ratios(lambda: save_project(store, path), lambda: json.dumps(plain, sort_keys=True, indent=2), 7)
    tell("save to the disk / json.dumps(sort_keys, indent)", 0.5, found)
    benchmark.pedantic(save_project, (store, path), rounds=3)
    assert path.read_bytes() == data
    assert load_project(path).is_current()
    if benchmark.enabled:
        assert min(found) <= 0.5
