from workbench.layout.geometry import Box
from workbench.render.fonts import qt_measure
from workbench.render.ops import Op, TextOp, flatten
from workbench.render.picture import BarPicture, NodePicture
from workbench.render.shapes import bar_ops, node_ops
from workbench.render.theme import load_theme, stage_theme


def sizes_in(ops: tuple[Op, ...]) -> list[int]:
    return [op.size for op, _, _ in flatten(ops) if isinstance(op, TextOp)]


def test_a_dark_stage_has_the_colours_of_the_dark_theme_and_the_text_of_the_projector() -> None:
    dark = stage_theme(dark=True)
    assert dark.surface == load_theme("dark").surface
    assert dark.type == load_theme("projector").type
    assert stage_theme(dark=False) is load_theme("projector")


def test_what_is_dimmed_on_a_dark_stage_keeps_its_text_sizes() -> None:
    dimmed = stage_theme(dark=True).dimmed()
    assert dimmed.type == load_theme("projector").type
    assert dimmed.text.primary == load_theme("dark").dimmed().text.primary


def test_no_text_of_a_stage_is_smaller_than_its_control_labels() -> None:
    theme = stage_theme(dark=False)
    bar = BarPicture("g", "c", "preventive", 0.0, 0.0, 0.0, "Static analysis", code="B-1", shared=12)
    node = NodePicture(
        "n",
        "cause",
        Box(0.0, 0.0, 168.0, 84.0, "pentagon"),
        "Prompt",
        hidden=3,
        hidden_text="3 controls",
        listed=("A",),
    )
    found = [*sizes_in(bar_ops(bar, theme, qt_measure())), *sizes_in(node_ops(node, theme, qt_measure()))]
    assert len(found) >= 4
    assert min(found) == theme.type.control_label
