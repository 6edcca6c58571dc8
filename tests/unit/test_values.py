"""A value behaves as the frozen dataclass that type checkers take it for."""

import copy
import pickle
from dataclasses import dataclass, field, fields, replace

import pytest

from workbench.values import value_type


@value_type(frozen=True, slots=True)
class Spot:
    """A place."""

    x: float
    y: float = 2.0
    notes: tuple[str, ...] = field(default_factory=tuple)


@value_type(frozen=True, slots=True)
class Named(Spot):
    """A place with a name."""

    name: str = ""


@value_type(frozen=True, slots=True)
class One:
    """A single field."""

    x: float


@value_type(frozen=True, slots=True)
class Nothing:
    """No field."""


@dataclass(frozen=True, slots=True)
class Plain:
    x: float
    y: float = 2.0


def test_equal_fields_make_equal_values_of_one_type():
    assert Spot(1.0) == Spot(1.0, 2.0, ())
    assert Spot(1.0) != Spot(3.0)
    assert Spot(1.0) != Named(1.0)
    assert One(1.0) != object()
    assert Nothing() == Nothing()


def test_equal_values_are_one_key():
    assert len({Spot(1.0), Spot(1.0), Spot(2.0), One(1.0), One(1.0), Nothing(), Nothing()}) == 4
    assert hash(Spot(1.0)) == hash((1.0, 2.0, ()))


@pytest.mark.parametrize("value", [Spot(1.0, 5.0, ("a",)), Named(1.0, name="n"), One(2.0), Nothing()])
def test_values_are_copied_pickled_and_replaced(value):
    assert copy.copy(value) == value
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)) == value
    assert replace(value) == value


def test_a_value_names_its_fields():
    assert repr(Named(1.0, name="n")) == "Named(x=1.0, y=2.0, notes=(), name='n')"
    assert [item.name for item in fields(Named)] == ["x", "y", "notes", "name"]
    assert repr(Nothing()) == "Nothing()"


def test_a_value_has_no_other_fields_and_matches_by_place():
    with pytest.raises(AttributeError):
        setattr(Spot(1.0), "z", 3.0)  # noqa: B010 - the type checker refuses it too
    with pytest.raises(TypeError):
        Spot()  # type: ignore[call-arg]
    match Spot(1.0, 7.0):
        case Spot(x, y):
            assert (x, y) == (1.0, 7.0)


def test_not_a_number_is_compared_as_in_a_dataclass():
    same = float("nan")
    for kind in (Spot, Plain, One):
        value = kind(same)
        assert value == kind(same)
        assert value != kind(float("nan"))
