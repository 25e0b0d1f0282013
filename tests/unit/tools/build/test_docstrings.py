"""What is left of a module without its docstrings."""

import ast

from tools.build.docstrings import without_docstrings

SOURCE = '''"""About the module,

in two paragraphs.
"""

WORD = "a text that is no docstring"


class Thing:
    """What it is."""

    @property
    def size(self) -> int:
        """How large it is.

        Raises:
            ValueError: it has none.
        """
        # Twice.
        return len("""two
lines""")

    async def grow(self) -> None:
        """Only this."""
'''


def test_docstrings_go_and_every_line_keeps_its_number():
    left = without_docstrings(SOURCE)
    assert len(left.splitlines()) == len(SOURCE.splitlines())
    assert not [word for word in ("paragraphs", "What it is", "ValueError", "Only this") if word in left]
    assert left.splitlines().index("        # Twice.") == SOURCE.splitlines().index("        # Twice.")


def test_other_texts_stay_and_the_module_does_the_same():
    names: dict[str, object] = {}
    exec(compile(without_docstrings(SOURCE), "source", "exec"), names)  # noqa: S102 - our own text
    assert names["WORD"] == "a text that is no docstring"
    assert names["Thing"]().size == len("two\nlines")


def test_a_module_without_any_stays_as_it_is():
    text = "X = 1\n"
    assert without_docstrings(text) == text
    assert ast.dump(ast.parse(without_docstrings(""))) == ast.dump(ast.parse(""))
