"""A gibibyte where a scanner's or a red team's report is expected: refused at once, in little memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.effort import within
from workbench.evidence.problems import ImportProblem
from workbench.evidence.reading import read_run

STARTS = {
    "sarif": b'{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "',
    "bandit": b'{"errors": [], "generated_at": "", "metrics": {"_totals": {}}, "results": [{"code": "',
    "statistics": b'{"m": {"c": {"total_count": 1, "vulnerable_suggestion_count": 1, "bleu": ',
    "answers": b'[{"icd_result": 1, "response": "',
    "garak": b'{"entry_type": "start_run setup", "_config.version": "0.14.0", "garak": 1}\n{"entry_type": "x", "x": "',
    "junit": b"<testsuite><testcase name='",
    "promptfoo": b'{"evalId": "e", "results": {"version": 3, "results": [{"success": true, "x": "',
    "table": b"task,[p] Do,Status,Score,Grader Reason\na,b,PASS,1.00,",
}


def sparse(path: Path, start: bytes) -> Path:
    with path.open("wb") as file:
        file.write(start)
        file.truncate(2**30)  # a hole: it takes no room on the disk
    return path


@pytest.mark.parametrize("name", sorted(STARTS))
def test_a_gibibyte_is_refused_in_time(tmp_path, name):
    path = sparse(tmp_path / "x", STARTS[name])
    with within(40), pytest.raises(ImportProblem) as caught:
        read_run(path)
    assert "MiB" in str(caught.value)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell the peak of a process")
def test_the_peak_of_memory(tmp_path):
    """Of the worst that is read or parsed: many findings, many tests, many values, one huge text."""
    result = b'{"ruleId":"R","locations":[{"physicalLocation":{"artifactLocation":{"uri":"f"}}}]},'
    files = {
        "sarif": b'{"version":"2.1.0","runs":[{"tool":{},"results":[' + result * 50_000 + b"{}]}]}",
        "values": b'{"version":"2.1.0","runs":[{"tool":{},"results":[' + b"[]," * 20_000_000 + b"{}]}]}",
        "text": STARTS["sarif"] + b"x" * 90_000_000 + b'"}}}]}',
        "junit": b"<testsuite>" + b"<testcase name='n'/>" * 60_000 + b"</testsuite>",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from workbench.evidence.problems import ImportProblem\n"
        "from workbench.evidence.reading import read_run\n"
        "for name in sys.argv[1:]:\n"
        "    try: read_run(name)\n"
        "    except ImportProblem: pass\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
    )
    paths = [str(tmp_path / name) for name in files]
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 512 * 1024
