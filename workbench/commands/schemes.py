"""The risk schemes that come with the program, as data under ``resources/schemes``."""

from functools import lru_cache
from typing import Final

import orjson

from workbench.model.judgement import RiskScheme
from workbench.paths import resource

DEFAULT: Final = "hsc-2022"
PRESETS: Final = (DEFAULT, "mil-std-882e", "five-by-five")
"""Names of the files, the default first."""


@lru_cache(maxsize=8)
def preset(name: str) -> RiskScheme:
    """A scheme that comes with the program; its id is its name.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in PRESETS:
        raise KeyError(name)
    data = orjson.loads(resource("schemes", f"{name}.json").read_bytes())
    return RiskScheme.model_validate({**data, "id": f"risk_scheme_{name}"})
