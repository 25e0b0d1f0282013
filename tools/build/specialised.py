"""The code that templates compile to: what Jinja2 asks at run time and is the same in all of ours is settled.

All templates escape, and nothing that they call asks for the context. So a call is a plain call, and a value
that is put out is escaped only if it needs to be.
"""

from keyword import iskeyword

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef

from tools.build.errors import BuildError

HEADER = "from ganger.ui.output import PageMacro, part_of, shown\n"


class PageCode(CodeGenerator):
    """Writes the code of one template; HEADER goes before it."""

    def visit_Call(  # noqa: N802 - Jinja2's name
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call without asking at run time whether the callee wants the context."""
        # Python's own words cannot stand as names of arguments; Jinja2 writes such a call another way.
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(each.key) for each in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for each in (*node.args, *node.kwargs):
            self.visit(each, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Write a look at a part of a value: Jinja2's own raises once for each entry of a mapping."""
        self.write("part_of(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, environment)")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write the macro as one of ours."""
        self.write("Page")
        super().macro_def(macro_ref, frame)

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            raise BuildError(f"{self.name}:{node.lineno}: a template escapes all that it puts out.")
        self.write("shown(")


def refuse_wanting(functions: dict[str, object]) -> None:
    """Raise BuildError for a function of templates that wants Jinja2's context, which no call hands over."""
    for name, function in functions.items():
        if hasattr(function, "jinja_pass_arg"):  # what pass_context and its like leave
            raise BuildError(f"The template function {name} asks for the context.")
