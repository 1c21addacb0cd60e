from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import raw

from reports import fonts
from reports.blocks import Block
from reports.charts.axis import nice_max, ticks
from reports.charts.bullet import bullet
from reports.charts.heat import class_names, classes
from reports.charts.squares import ORDER, draw_square
from reports.locale import Locale
from reports.model import State, Target
from reports.pen import Pen, width_of
from reports.tagging import TaggedCanvas
from reports.theme import BODY, TITLE
from reports.typesetting import balanced, wrap

ANNUAL = Target("annual", 100, None, None)
BANDS = (0.8, 0.95)


@given(st.floats(min_value=1e-3, max_value=1e9))
def test_no_mark_leaves_the_plot(value: float) -> None:
    top = nice_max(value)
    assert value <= top * (1 + 1e-9)
    assert top <= value * 2


@pytest.mark.parametrize(("value", "top"), [(0, 1), (24, 25), (203, 250), (1000, 1000)])
def test_axes_end_at_round_numbers(value: float, top: float) -> None:
    assert nice_max(value) == top
    assert ticks(top)[-1] == top


def test_a_bullet_off_the_scale_is_cut_and_says_so() -> None:
    inside, outside = shapes(block(120)), shapes(block(192))
    assert len(outside) == len(inside) + 1
    assert max(right for _, right in outside) <= 90.5


def test_a_bullet_within_the_scale_ends_where_its_value_is() -> None:
    assert any(right == pytest.approx(30, abs=0.2) for _, right in shapes(block(50)))


def test_the_six_states_of_a_report_are_drawn_differently_without_colour() -> None:
    assert len({grey_square(state) for state in ORDER}) == len(ORDER)


def test_classes_of_a_heat_map_rise_and_are_said_in_words() -> None:
    assert class_names(classes(15), Locale("ro")) == ["1–2", "3–5", "6–8", "9–12", "13+"]
    for most in (1, 20, 21, 96, 5_000, 203_000):
        ends = classes(most)
        assert sorted(set(ends)) == list(ends)


def test_lines_are_never_wider_than_their_column() -> None:
    fonts.register()
    for line in wrap([("scurt " + "x" * 400 + " și " + "cuvinte " * 30, BODY)], 120):
        assert sum(width_of(letters, style) for letters, style in line) <= 120.5


def test_a_headline_has_no_last_line_of_one_word() -> None:
    fonts.register()
    runs = [
        ("203 activități culturale în toate cartierele orașului nostru, mai ales online", TITLE)
    ]
    assert len(balanced(runs, 300)) == len(wrap(runs, 300))
    widths = [sum(width_of(w, s) for w, s in line) for line in balanced(runs, 300)]
    assert min(widths) > 0.5 * max(widths)


def block(value: float) -> Block:
    return bullet(value, ANNUAL, BANDS, "o bară", 90)


def shapes(one: Block) -> list[tuple[float, float]]:
    """Left and right ends of all shapes that a block draws at the page's left edge."""
    with pypdfium2.PdfDocument(drawn(one)) as document:
        bounds = [shape.get_bounds() for shape in document[0].get_objects([raw.FPDF_PAGEOBJ_PATH])]
        return [(left, right) for left, _, right, _ in bounds]


def drawn(one: Block) -> bytes:
    fonts.register()
    stream = BytesIO()
    canvas = TaggedCanvas(stream, pagesize=(200, 40), initialFontName=fonts.SANS)
    one.draw(Pen(canvas), 0, 30, 90)
    canvas.save()
    return stream.getvalue()


def grey_square(state: State) -> bytes:
    fonts.register()
    stream = BytesIO()
    canvas = TaggedCanvas(stream, pagesize=(10, 10), initialFontName=fonts.SANS)
    draw_square(Pen(canvas), state, 1, 1, 7)
    canvas.save()
    with pypdfium2.PdfDocument(stream.getvalue()) as document:
        return document[0].render(scale=3, grayscale=True).to_numpy().tobytes()
