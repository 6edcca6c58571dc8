"""Projects with something in every part of a report, and the words of a report in each format."""

import io
import re
from html import unescape
from pathlib import Path

from workbench.commands.bowtie import add_top_event
from workbench.commands.connect import connect
from workbench.commands.create import add_element, new_diagram, place
from workbench.commands.guards import insert_control
from workbench.export.report import report_steps
from workbench.model.judgement import (
    PROJECT_ID,
    Assessment,
    Category,
    OddCategory,
    Project,
    RiskAcceptance,
    RiskLevel,
    RiskScheme,
    SystemUnderAnalysis,
)
from workbench.model.review import ActionItem, Answer
from workbench.model.runs import Criterion, Evidence, Metric, Run, Source
from workbench.store.store import Store


def small(word: str = "") -> Store:
    """One hazard with all that a report shows; ``word`` stands in every title."""
    scheme = RiskScheme(
        id="rs",
        name="Scheme",
        source="Made up.",
        severities=(Category(code="1", name="Catastrophic"), Category(code="2", name="Critical")),
        frequencies=(Category(code="A", name="Frequent"), Category(code="B", name="Probable")),
        levels=(RiskLevel(name="High", steps=4), RiskLevel(name="Serious", steps=3)),
        cells={"1A": "High", "1B": "High", "2A": "High", "2B": "Serious"},
    )
    system = SystemUnderAnalysis(name="Assistant", version="4", deployment=f"In an editor{word}"[:9_000])
    project = Project(
        id=PROJECT_ID,
        title=f"Project{word}"[:1_900],
        description=f"What is looked at.{word}",
        authors=("R. Adeyemi",),
        classification="Internal",
        system=system,
        risk_scheme="rs",
    )
    store = Store([project, scheme, OddCategory(id="o1", group="Vector", name=f"Prompt{word}"[:900])])
    with store.transaction("Build") as tx:
        hazard = add_element(tx, "hazard", f"Wrong code{word}"[:1_900], owner="Safety", odd=("o1",))
        top = add_top_event(tx, hazard, f"Merged{word}"[:1_900])
        cause = add_element(tx, "cause", f"Prompt leaves it out{word}"[:1_900])
        effect = add_element(tx, "consequence", f"Outage{word}"[:1_900])
        line = connect(tx, cause, top)
        connect(tx, top, effect)
        sheet = new_diagram(tx, f"Main{word}"[:1_900], focus=top)
        for at, subject in enumerate((cause, top, effect, hazard)):
            place(tx, sheet, subject, 320.0 * min(at, 2), -300.0 if subject == hazard else 0.0)
        insert_control(tx, line, title=f"Review{word}"[:1_900], diagram=sheet)
        before, after = Assessment.of(hazard, "initial"), Assessment.of(hazard, "residual")
        tx.put(before.replace(severity="1", frequency="A", by="R. Adeyemi", at="2026-01-01"))
        tx.put(after.replace(severity="2", frequency="B", by="R. Adeyemi", at="2026-01-02"))
        tx.put(
            RiskAcceptance(
                id="ra", subject=hazard, level="Serious", authority="Board", name=f"Chair{word}"[:400],
                date="2026-01-03", expires="2026-06-30", conditions=f"Until measured{word}"[:900],
            )
        )  # fmt: skip
        tx.put(
            Run(
                id="r", title="SALLM", format="table", status="success", completed_at="2026-01-02",
                source=Source(path="results.csv", sha256="ab" * 32, bytes=12),
            )
        )  # fmt: skip
        tx.put(Metric(id="m", run="r", name="rate", kind="proportion", value=0.66, n=100, successes=66))
        limit = Criterion(comparator="<=", threshold=0.1)
        tx.put(Evidence(id="e1", subject=cause, metric="m", title=f"Rarely wrong{word}"[:1_900], criterion=limit))
        tx.put(
            Evidence(
                id="e2", subject=top, kind="incident", title=f"It happened{word}"[:1_900],
                quotation=f"Somebody said so{word}"[:5_000], analyst_verdict="refutes", reviewed_by="L. Brandt",
            )
        )  # fmt: skip
        tx.put(
            ActionItem(id="a1", text=f"Measure it{word}"[:5_000], owner="L. Brandt", due="2026-02-01", subject=cause)
        )
        tx.put(Answer.of("orphan", effect).replace(answer="suppressed", reason=f"Meant so{word}"[:900]))
    return store


def made(store: Store, ending: str, **more: object) -> bytes:
    """The bytes of a report."""
    steps = report_steps(store, Path(f"report.{ending}"), **more)  # type: ignore[arg-type] # options by name
    while True:
        try:
            next(steps)
        except StopIteration as done:
            data: bytes = done.value
            return data


def plain(text: str) -> str:
    """With single plain blanks only."""
    return " ".join(text.split())


def words_of_html(data: bytes) -> str:
    """All text of a page, tags taken away."""
    text = data.decode("utf-8")
    text = re.sub(r"<(style|title)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return plain(unescape(re.sub(r"<[^>]*>", " ", text)))


def words_of_docx(data: bytes) -> str:
    """All text of a Word document, in order."""
    import docx
    from docx.table import Table

    said = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            said += [cell.text for row in block.rows for cell in row.cells]
        else:
            said.append(block.text)
    return plain(" ".join(said))
