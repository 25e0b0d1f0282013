"""Text in the embedded faces, and in lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganger.documents import Run
from service_workers.heavy.pdf.wrapping import lines_of


def texts(lines):
    return ["".join(piece.text for piece in line) for line in lines]


def width_of(line):
    return sum(piece.width for piece in line)


def printed_width_of(line, faces):
    """The width without the spaces at the end, which leave no ink."""
    width = width_of(line)
    for piece in reversed(line):
        printed = piece.text.rstrip(" ")
        width -= piece.width - faces.weight(piece.is_bold).width(printed, 12)
        if printed:
            break
    return width


def test_letters_of_english_and_spanish_are_printed_as_they_are(faces):
    text = "¿Cuándo? ¡Mañana! Agüe la piel; «sí», 5–10 % “Ñandú” – Don't, 40 °C, ½, ≥ 3 €"
    assert faces.printable(text) == text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("50 µg", "50 mcg"),
        ("50 \u03bcg", "50 mcg"),
        ("e\u0301", "é"),
        ("Māori", "Māori"),
        ("Tōkyō", "Tokyo"),
        ("a\tb\u00a0c\u2009d", "a b\u00a0c d"),
        ("soft\u00adhyphen\u200b\x07", "softhyphen"),
        ("漢 🙂", "? ?"),
        ("SPF\u201130", "SPF-30"),
    ],
)
def test_what_the_faces_lack_stands_as_what_says_the_same(faces, written, printed):
    assert faces.printable(written) == printed


def test_lines_break_between_words_and_at_newlines(faces):
    lines = lines_of([Run("Wash your face twice a day.\nThen pat it dry.")], faces, 12, 90)
    assert [text.strip() for text in texts(lines)] == ["Wash your face", "twice a day.", "Then pat it dry."]


def test_a_word_of_two_weights_is_not_broken_where_the_weight_changes(faces):
    lines = lines_of([Run("Apply the "), Run("Adapa", is_bold=True), Run("lene")], faces, 12, 80)
    assert [text.strip() for text in texts(lines)] == ["Apply the", "Adapalene"]
    assert [piece.is_bold for piece in lines[1]] == [True, False]


def test_nothing_is_one_empty_line(faces):
    assert texts(lines_of([], faces, 12, 90)) == [""]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.text(alphabet="aáWi .\n–", max_size=30), st.booleans()), max_size=5),
    st.integers(20, 300),
)
def test_no_line_is_too_wide_and_no_letter_is_lost(faces, pieces, width):
    runs = [Run(text, bold) for text, bold in pieces]
    lines = lines_of(runs, faces, 12, width)
    written = "".join(run.text for run in runs)
    assert "".join(texts(lines)).replace(" ", "") == written.replace(" ", "").replace("\n", "")
    for line in lines:
        assert printed_width_of(line, faces) <= width + 0.01
