"""The layered arrangement beside Graphviz dot: same input, same counting, one run.

`HAZARD_SHARED` names the folder that holds `bench/gen.py`. Run with `--benchmark-enable` for times; without it
this asserts the quality of the result only.
"""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from statistics import median
from time import perf_counter
from types import ModuleType
from typing import Any

import pytest

from workbench.layout.graph import LayoutGraph, LayoutLink, LayoutNode
from workbench.layout.layered import arrange_layered

DOT = shutil.which("dot")
SHARED = os.environ.get("HAZARD_SHARED")

pytestmark = [
    pytest.mark.skipif(not DOT, reason="Graphviz dot is not installed"),
    pytest.mark.skipif(not SHARED, reason="HAZARD_SHARED does not name the shared reference folder"),
]

Positions = dict[str, tuple[float, float]]


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_gen", Path(SHARED or "") / "bench" / "gen.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(made: dict) -> Positions:
    nodes = tuple(LayoutNode(n["id"], n["kind"], n["w"], n["h"]) for n in made["nodes"])
    links = tuple(LayoutLink(f"e{i}", e["source"], e["target"]) for i, e in enumerate(made["edges"]))
    return arrange_layered(LayoutGraph(nodes, links)).positions


def dots(made: dict) -> Positions:
    lines = ['digraph{rankdir=LR;ranksep=0.8;nodesep=0.2;node[shape=box,fixedsize=true,label=""];']
    lines += [f"{n['id']}[width={n['w'] / 72:.3f},height={n['h'] / 72:.3f}];" for n in made["nodes"]]
    lines += [f"{e['source']}->{e['target']};" for e in made["edges"]]
    run = subprocess.run(
        [str(DOT), "-Tplain"], input="\n".join([*lines, "}"]), capture_output=True, text=True, check=True
    )
    fields = (line.split() for line in run.stdout.splitlines())
    return {f[1]: (float(f[2]) * 72, float(f[3]) * -72) for f in fields if f[0] == "node"}


def crossings(made: dict, positions: Positions) -> int:
    """Pairs of straight centre-to-centre lines that cross and share no end."""
    import numpy as np

    ids = {n["id"]: i for i, n in enumerate(made["nodes"])}
    at = np.array([positions[id_] for id_ in ids]) + np.random.default_rng(1).normal(0, 1e-4, (len(ids), 2))
    tails = np.array([ids[e["source"]] for e in made["edges"]])
    heads = np.array([ids[e["target"]] for e in made["edges"]])

    def turn(p: Any, q: Any, r: Any) -> Any:
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])

    a, b = at[tails], at[heads]
    total = 0
    for i in range(len(tails) - 1):
        c, d = a[i + 1 :], b[i + 1 :]
        apart = (turn(a[i], b[i], c) * turn(a[i], b[i], d) < 0) & (turn(c, d, a[i]) * turn(c, d, b[i]) < 0)
        ends = (tails[i], heads[i])
        total += int((apart & ~np.isin(tails[i + 1 :], ends) & ~np.isin(heads[i + 1 :], ends)).sum())
    return total


def overlaps(made: dict, positions: Positions) -> int:
    import numpy as np

    at = np.array([positions[n["id"]] for n in made["nodes"]])
    half = np.array([(n["w"] / 2, n["h"] / 2) for n in made["nodes"]])
    near = (np.abs(at[:, None] - at[None]) < half[:, None] + half[None] - 1e-6).all(-1)
    return (int(near.sum()) - len(at)) // 2


@pytest.mark.parametrize(("count", "seed", "limit"), [(100, 7, 0.8), (100, 3, 1.0), (300, 7, 1.2), (1000, 7, 1.2)])
def test_crossings_beside_dot(count, seed, limit):
    made = generator().make(count, seed)
    found = ours(made)
    assert overlaps(made, found) == 0
    assert crossings(made, found) <= limit * crossings(made, dots(made))


@pytest.mark.parametrize("count", [100, 1000])
def test_time_beside_dot(benchmark, count):
    made = generator().make(count)
    positions = benchmark(ours, made)
    assert len(positions) == count
    if benchmark.enabled:
        pairs = []
        for _ in range(5):
            start = perf_counter()
            ours(made)
            middle = perf_counter()
            dots(made)
            pairs.append((middle - start) / (perf_counter() - middle))
        benchmark.extra_info["time as a share of dot's"] = round(median(pairs), 3)
        benchmark.extra_info["crossings as a share of dot's"] = round(
            crossings(made, positions) / crossings(made, dots(made)), 3
        )
