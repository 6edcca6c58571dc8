"""Groups of samples stay few, whatever the samples say."""

from workbench.evidence.strata import Groups


def test_samples_of_the_same_groups_share_them():
    groups = Groups()
    first = groups.of([("lang", "py"), ("level", "2")])
    assert first == {"lang": "py", "level": "2"}
    assert groups.of([("lang", "py"), ("level", "2")]) is first
    assert groups.of([("lang", ""), ("level", "2")]) == {"level": "2"}


def test_an_id_that_poses_as_a_group_is_dropped():
    groups = Groups()
    made = [groups.of([("id", str(number)), ("lang", "py")]) for number in range(5_000)]
    assert made[0] == {"id": "0", "lang": "py"}
    assert made[-1] == {"lang": "py"}
    assert len({id(group) for group in made}) <= 1_001


def test_names_and_values_are_one_short_line():
    (name, value) = next(iter(Groups().of([("a\nb", "x" * 10_000)]).items()))
    assert name == "a b"
    assert len(value) == 200


def test_very_many_combinations_are_bounded():
    groups = Groups()
    made = [groups.of([("a", str(number % 900)), ("b", str(number // 900))]) for number in range(50_000)]
    assert made[0] == {"a": "0", "b": "0"}
    assert len({id(group) for group in made if group}) == 20_000
