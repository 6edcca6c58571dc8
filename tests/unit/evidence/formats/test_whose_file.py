"""Every collected file is taken by the importer it is for, and by no other."""

import pytest

from tests.unit.evidence.formats import fuzz

MINE = {
    "evalplus": {"evalplus", "evalperf"},
    "lm_eval": {"lm-eval"},
    "openai_evals": {"openai-evals"},
    "helm": {"helm"},
}  # fmt: skip


@pytest.mark.skipif(fuzz.NO_SHARED, reason=fuzz.WHY_NOT)
def test_one_importer_claims_each_file():
    names = set().union(*MINE.values()) | {"bigcode-harness"}
    seen = set()
    for path in sorted(fuzz.SHARED.rglob("*")):
        if not path.is_file() or not path.stat().st_size:
            continue
        folder = path.relative_to(fuzz.SHARED).parts[0]
        claims = fuzz.claims(path)
        if folder in MINE:
            assert len(claims) == 1, path
            assert set(claims) <= MINE[folder], path
            seen |= set(claims)
        else:
            assert not set(claims) & names, path
    assert seen == names - {"bigcode-harness"}
