"""Questions that a file leaves open, asked when it is read."""

from typing import Any

import pytest

from workbench.panels import attach_choose, attach_reading

SARIF = (
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "s", "rules": [{"id": "R1"}]}}, "results": '
    '[{"ruleId": "R1", "message": {"text": "x"}, "locations": [{"physicalLocation": '
    '{"artifactLocation": {"uri": "a.py"}}}]}]}]}'
)


class TestScannedQuestion:
    @pytest.fixture
    def path(self, tmp_path):
        file = tmp_path / "scan.sarif"
        file.write_text(SARIF, encoding="utf-8")
        return file

    @pytest.mark.parametrize(("answer", "n"), [((50,), 50), ((None,), None)])
    def test_the_number_is_asked_for_and_read_with(self, qtbot, look, path, monkeypatch, answer, n):
        asked: list[Any] = []

        def answering(*args):
            asked.append(args)
            return answer

        monkeypatch.setattr(attach_reading, "ask_scanned", answering)
        (run,) = attach_reading.read_asking([path], None)
        assert asked[0][:2] == ("scan.sarif", "1 finding")
        assert max((m.n for m in run.metrics if m.n is not None), default=None) == n

    def test_cancelling_attaches_nothing(self, qtbot, look, path, monkeypatch):
        monkeypatch.setattr(attach_choose.ScannedDialog, "exec", lambda *_: 0)
        assert attach_reading.read_asking([path], None) == []
