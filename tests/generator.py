"""Large synthetic projects for tests and benchmarks, deterministic per seed.

``make_project()`` gives exactly 10,000 elements and 13,000 links on one diagram: bow-ties of 3–8 causes and 2–5
consequences whose controls are shared within areas of five bow-ties and, some, everywhere. Of the default project:

532 hazards, 532 top events, 2,443 causes, 1,839 consequences, 3,673 controls, 981 degradation factors;
13,000 links; 18,258 guards; 6,327 placements; 1,064 assessments; 500 evidence, 200 metrics, 50 runs; 49,401 records.

Causes are shared among the top events of their area until the number of links is right; a bow-tie's block shows the
causes it brought in. Controls stand on lines by guards (1–4 in series left, 0–3 right) and have no placement of their
own; a degradation factor hangs under a bar of its own bow-tie; every other element has a box. Boxes never overlap: each
bow-tie has its own block, and blocks stand in a grid.
"""

import math
import random
from dataclasses import dataclass, field
from typing import Any

from workbench.model.base import Record
from workbench.model.drawing import Diagram, Placement
from workbench.model.ids import PREFIX
from workbench.model.judgement import PROJECT_ID, Assessment, Project
from workbench.model.kinds import CODE_LETTER
from workbench.model.order import keys_between
from workbench.model.records import new_record
from workbench.model.runs import Counts, Criterion, Estimate, Named, Source

_TEXT = """
pressure vessel relief valve operator training alarm level sensor interlock corrosion inspection isolation
procedure permit ignition source release gas detector deluge evacuation muster leak pump seal maintenance
overfill redundant shutdown logic solver power loss software fault watchdog brake failure collision obstacle
lidar camera fallback degraded mode driver supervision
"""
WORDS = _TEXT.split()
TITLE_PREFIX = {
    "hazard": "HZ",
    "top_event": "TE",
    "cause": "TH",
    "control": "CT",
    "consequence": "CQ",
    "degradation_factor": "EF",
}
AREA = 5
REUSE_CONTROL = 0.62
REUSE_CAUSE = 0.20
GLOBAL_SHARE = 0.08
FACTOR_SHARE = 0.10
CHAIN_SHARE = 0.15
EVIDENCE_SHARE = 0.05
SMALLEST_BOW_TIE = 6
ROW_PITCH = 176.0
CAUSE_X, CONSEQUENCE_X = -780.0, 640.0
HAZARD_ABOVE = 150.0
BLOCK_WIDTH, BLOCK_MARGIN = 1800.0, 240.0
BAR_TO_FACTOR = 74.0


@dataclass
class _BowTie:
    area: int
    hazard: str
    top: str
    own_causes: list[str] = field(default_factory=list)
    consequences: list[str] = field(default_factory=list)
    controls: list[str] = field(default_factory=list)
    own_guards: dict[str, list[str]] = field(default_factory=dict)


class _Builder:
    def __init__(self, n_elements: int, links: int, seed: int) -> None:
        self.random = random.Random(seed * 1_000_003 + n_elements)
        self.room = n_elements
        self.links = links
        self.records: list[Record] = []
        self.serial: dict[str, int] = {}
        self.pairs: set[tuple[str, str]] = set()
        self.bow_ties: list[_BowTie] = []
        self.area_controls: dict[int, list[str]] = {}
        self.all_controls: list[str] = []
        self.control_of: dict[str, str] = {}
        self.hung: dict[str, str] = {}

    def add(self, record_type: str, /, **fields: Any) -> str:
        self.serial[record_type] = number = self.serial.get(record_type, 0) + 1
        id = f"{PREFIX[record_type]}_{number:010d}"
        self.records.append(new_record(record_type, id, **fields))
        return id

    def words(self, count: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def element(self, kind: str, **fields: Any) -> str:
        assert self.room > 0
        self.room -= 1
        r = self.random
        number = self.serial.get(kind, 0) + 1
        return self.add(
            kind,
            code=f"{CODE_LETTER[kind]}-{number}",
            title=f"{TITLE_PREFIX[kind]}-{number:05d} {self.words(r.randint(2, 6))}",
            description=self.words(40)[:200],
            tags=tuple(r.sample(WORDS, r.randint(0, 4))),
            owner=r.choice(("operations", "engineering", "safety", "")),
            status=r.choice(("draft", "in_review", "agreed")),
            **fields,
        )

    def link(self, source: str, target: str, kind: str = "leads_to") -> str | None:
        if (source, target) in self.pairs:
            return None
        self.pairs.add((source, target))
        return self.add("link", kind=kind, source=source, target=target)

    def control(self, area: int) -> str:
        """A control from the area's pool, from everywhere, or a new one; reused where no element may be added."""
        r = self.random
        pool = self.all_controls if r.random() < GLOBAL_SHARE else self.area_controls.setdefault(area, [])
        pool = pool or self.all_controls
        if pool and (self.room < SMALLEST_BOW_TIE or r.random() < REUSE_CONTROL):
            return r.choice(pool)
        control = self.element(
            "control",
            control_type=r.choice(("passive", "active", "active_human", "human", "continuous")),
            state=r.choice(("proposed", "agreed", "in_place", "verified")),
            failure_probability=round(r.random() * 0.2, 4),
        )
        self.area_controls.setdefault(area, []).append(control)
        self.all_controls.append(control)
        return control

    def guard(self, link: str, area: int, count: int) -> list[str]:
        """Put controls on a line, none twice; the guards, in order."""
        controls = list(dict.fromkeys(self.control(area) for _ in range(count)))
        keys = keys_between(None, None, len(controls))
        guards = []
        for control, key in zip(controls, keys, strict=True):
            guards.append(self.add("guard", control=control, subject=link, order=key))
            self.control_of[guards[-1]] = control
        return guards

    def bow_tie(self) -> None:
        r = self.random
        area = len(self.bow_ties) // AREA
        hazard = self.element(
            "hazard",
            source=self.words(2),
            impact_dimensions=tuple(r.sample(("technical", "social", "political", "economic"), r.randint(1, 2))),
        )
        tie = _BowTie(area, hazard, self.element("top_event", hazard=hazard))
        known = [cause for other in self.bow_ties[area * AREA :] for cause in other.own_causes]
        for place in range(r.randint(3, 8)):
            shared = bool(known) and place > 0 and r.random() < REUSE_CAUSE
            if not shared and self.room < 3:
                break
            if shared:
                cause = r.choice(known)
            else:
                likelihood = {"value": round(r.random() * 1e-2, 6), "kind": "per_year"}
                cause = self.element("cause", likelihood=likelihood)
                tie.own_causes.append(cause)
            link = self.link(cause, tie.top)
            if link is not None:
                guards = self.guard(link, area, r.randint(1, 4))
                if not shared:
                    tie.own_guards[link] = guards
        for _ in range(r.randint(2, 5)):
            if self.room < 1:
                break
            consequence = self.element("consequence")
            tie.consequences.append(consequence)
            link = self.link(tie.top, consequence)
            if link is not None:
                tie.own_guards[link] = self.guard(link, area, r.randint(0, 3))
        self.bow_ties.append(tie)
        for guards in tie.own_guards.values():
            if self.room and guards and r.random() < FACTOR_SHARE * 2.5:
                self.factor(r.choice(guards))

    def factor(self, guard: str) -> None:
        """A factor that weakens the control of ``guard`` everywhere and hangs under this bar."""
        factor = self.element("degradation_factor")
        self.link(factor, self.control_of[guard], "degrades")
        self.hung[factor] = guard

    def fill(self) -> None:
        """Use up the elements too few for a bow-tie."""
        while self.room:
            tie = self.bow_ties[-1]
            tie.consequences.append(self.element("consequence"))
            self.link(tie.top, tie.consequences[-1])

    def share(self, *, exactly: bool) -> None:
        """Chain bow-ties, then let top events share causes, until there are as many links as asked for."""
        r = self.random
        for place, tie in enumerate(self.bow_ties[:-1]):
            later = self.bow_ties[place + 1 : place + 1 + 6 * AREA]
            if len(self.pairs) < self.links and r.random() < CHAIN_SHARE:
                self.link(tie.top, r.choice(later).top)
        for reach in range(len(self.bow_ties) // AREA + 1):  # own area first, then neighbours
            missing = self.links - len(self.pairs)
            if missing <= 0:
                break
            candidates = [
                (cause, tie)
                for tie in self.bow_ties
                for other in self.bow_ties[max(0, tie.area - reach) * AREA : (tie.area + reach + 1) * AREA]
                for cause in other.own_causes
                if (cause, tie.top) not in self.pairs
            ]
            r.shuffle(candidates)
            for cause, tie in candidates[:missing]:
                link = self.link(cause, tie.top)
                assert link is not None
                self.guard(link, tie.area, r.choice((1, 1, 1, 2)))
        if exactly and len(self.pairs) != self.links:
            raise ValueError(f"these elements make {len(self.pairs)} links, not {self.links}")

    def place(self) -> None:
        """Stack the bow-ties, each in a block of its own."""
        diagram = Diagram(
            id=f"{PREFIX['diagram']}_0000000001", title="Everything", order="V", focus=self.bow_ties[0].top
        )
        self.records.append(diagram)
        columns = max(1, round(math.sqrt(len(self.bow_ties) * 0.7)))
        top = 0.0
        for start in range(0, len(self.bow_ties), columns):
            row = self.bow_ties[start : start + columns]
            rows = max(max(len(tie.own_causes), len(tie.consequences), 1) for tie in row)
            middle = top + HAZARD_ABOVE + 200.0 + (rows - 1) * ROW_PITCH / 2
            for column, tie in enumerate(row):
                self.place_block(diagram.id, tie, column * BLOCK_WIDTH, middle)
            top = middle + (rows - 1) * ROW_PITCH / 2 + BLOCK_MARGIN
        for factor, guard in self.hung.items():
            hanging = Placement.at(diagram.id, factor, 0.0, BAR_TO_FACTOR)
            self.records.append(hanging.replace(hangs_on=guard))

    def place_block(self, diagram: str, tie: _BowTie, x: float, y: float) -> None:
        rows = max(len(tie.own_causes), len(tie.consequences), 1)
        at = {tie.top: (0.0, 0.0), tie.hazard: (0.0, -(rows - 1) * ROW_PITCH / 2 - HAZARD_ABOVE)}
        for elements, side in ((tie.own_causes, CAUSE_X), (tie.consequences, CONSEQUENCE_X)):
            first = -(len(elements) - 1) * ROW_PITCH / 2
            at.update({id: (side, first + place * ROW_PITCH) for place, id in enumerate(elements)})
        self.records.extend(Placement.at(diagram, id, x + dx, y + dy) for id, (dx, dy) in at.items())

    def judge(self) -> None:
        """A rating before and after for every hazard; runs, metrics and claims on a few elements."""
        r = self.random
        for tie in self.bow_ties:
            first = Assessment.of(tie.hazard, "initial").replace(severity=r.choice("1234"), frequency=r.choice("ABC"))
            last = Assessment.of(tie.hazard, "residual").replace(severity=r.choice("1234"), frequency=r.choice("CDE"))
            self.records += [first, last]
        subjects = [record.id for record in self.records if record.TYPE in TITLE_PREFIX or record.TYPE == "guard"]
        count = round(sum(self.serial[kind] for kind in TITLE_PREFIX if kind in self.serial) * EVIDENCE_SHARE)
        metrics: list[str] = []
        for place in range(max(1, count // 10)):
            run = self.run(place)
            metrics += [self.metric(run, name) for name in ("pass@1", "vulnerable rate", "refusal rate", "accuracy")]
        for _ in range(count):
            self.add(
                "evidence",
                subject=r.choice(subjects),
                metric=r.choice(metrics),
                title=self.words(6),
                criterion=Criterion(comparator=r.choice(("<=", ">=")), threshold=round(r.random(), 2)),
                attached_by="safety",
                attached_at="2026-05-01T12:00:00Z",
            )

    def run(self, place: int) -> str:
        return self.add(
            "run",
            title=f"Run {place}",
            format="inspect",
            format_version="2",
            source=Source(
                path=f"logs/run-{place:05d}.eval", sha256=f"{self.random.getrandbits(256):064x}", bytes=1_000
            ),
            task=Named(name="synthetic", version="1"),
            model=Named(name="model/example"),
            started_at="2026-05-01T10:00:00Z",
            completed_at="2026-05-01T11:00:00Z",
            status="success",
            counts=Counts(planned=200, attempted=200, scored=190, errors=10),
        )

    def metric(self, run: str, name: str) -> str:
        successes = self.random.randint(0, 190)
        value = successes / 190
        return self.add(
            "metric",
            run=run,
            name=name,
            kind="proportion",
            value=value,
            n=190,
            successes=successes,
            estimate=Estimate(low=max(0.0, value - 0.06), high=min(1.0, value + 0.06), method="wilson"),
        )


def make_project(n_elements: int = 10_000, links: int | None = None, seed: int = 7) -> list[Record]:
    """Records of a synthetic project; ready for ``Store``.

    Args:
        n_elements: hazards, top events, causes, consequences, controls and degradation factors, together.
        links: by default 1.3 for each element (13,000 for the default project), or as many as so few can have.

    Raises:
        ValueError: so many links cannot be made, or fewer than there must be.
    """
    builder = _Builder(n_elements, round(1.3 * n_elements) if links is None else links, seed)
    while builder.room >= SMALLEST_BOW_TIE:
        builder.bow_tie()
    builder.fill()
    builder.share(exactly=links is not None)
    builder.place()
    builder.judge()
    project = Project(id=PROJECT_ID, title="Synthetic", description=builder.words(40), authors=("generator",))
    return [project, *builder.records]
