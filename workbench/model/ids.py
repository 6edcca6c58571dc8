"""Record ids: random for what a person makes, derived for what only joins other records.

Two branches that add the same joining record (say, the placement of one element on one diagram) must meet in one
record when they are merged; so its id is a hash of the ids it joins.
"""

import hashlib
import secrets
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LENGTH: Final = 10

PREFIX: Final[dict[str, str]] = {
    "project": "p",
    "hazard": "h",
    "top_event": "t",
    "cause": "c",
    "consequence": "e",
    "control": "b",
    "degradation_factor": "d",
    "gate": "g",
    "note": "n",
    "link": "l",
    "guard": "gd",
    "assessment": "as",
    "risk_scheme": "rs",
    "risk_acceptance": "ra",
    "odd_category": "oc",
    "odd_consideration": "on",
    "run": "r",
    "metric": "m",
    "evidence": "ev",
    "capability_grid": "cg",
    "capability_cell": "cc",
    "sweep_point": "sw",
    "diagram": "dg",
    "placement": "pl",
    "route": "rt",
    "stop": "st",
    "comment": "cm",
    "decision": "dc",
    "action_item": "ai",
    "meeting": "mt",
    "vote": "vt",
    "answer": "an",
    "conflict": "cf",
}


def _base62(number: int) -> str:
    digits = []
    for _ in range(_LENGTH):
        number, rest = divmod(number, 62)
        digits.append(_ALPHABET[rest])
    return "".join(digits)


def new_id(kind: str) -> str:
    """A random id for a record of ``kind``; about 60 bits, so that branches made apart do not collide."""
    return f"{PREFIX[kind]}_{_base62(secrets.randbits(64))}"


def derived_id(kind: str, *parts: str) -> str:
    """The id of a record of ``kind`` that joins ``parts``: the same parts in the same order give the same id."""
    digest = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return f"{PREFIX[kind]}_{_base62(int.from_bytes(digest, 'big'))}"
