"""The Jinja2 environment that compiles the templates at build time and renders them in a worker."""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from ganger.ui import choices, formats, paging, rules, tables

# Per page, not per environment: macro modules are shared by all renders of a worker.
_id_counts: ContextVar[dict[str, int]] = ContextVar("ui_id_counts")


@contextmanager
def counted_ids() -> Iterator[None]:
    """Count component ids from 1 in here, as one page does."""
    token = _id_counts.set({})
    try:
        yield
    finally:
        _id_counts.reset(token)


class PageTemplate(jinja2.Template):
    """A template whose every render starts the component ids anew."""

    def render(self, *args: object, **kwargs: object) -> str:
        """Render one page or fragment."""
        with counted_ids():
            return super().render(*args, **kwargs)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """What others import of this template: the same for all, for no page has globals of its own."""
        return super()._get_default_module()


class PageEnvironment(jinja2.Environment):
    """An environment of PageTemplates."""

    template_class = PageTemplate

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str, jinja2.Template] = {}

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """A template, which stays as it is once it is loaded: a page includes a dozen."""
        if not isinstance(name, str) or globals is not None:
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template in one mapping, for they are copied with each page and include."""
        return {**self.globals, **(d or {})}


def next_id(slug: str) -> str:
    """The next free id for a component on this page: "c-input-1", "c-input-2"."""
    counts = _id_counts.get()
    counts[slug] = counts.get(slug, 0) + 1
    return f"c-{slug}-{counts[slug]}"


def make_environment(loader: jinja2.BaseLoader) -> jinja2.Environment:
    """The one environment of the platform: escaping always on, undefined names are errors.

    Args:
        loader: a FileSystemLoader at build time, a ModuleLoader in the worker.
    """
    environment = PageEnvironment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(clinic_time=formats.clinic_time, number=formats.number, money=formats.money)
    environment.globals.update(
        attributes=rules.attributes,
        checked=rules.checked,
        choose=rules.choose,
        clamped=rules.clamped,
        error_text=rules.error_text,
        initials=rules.initials,
        known_keys=rules.known_keys,
        labelled=rules.labelled,
        link=rules.link,
        literal_pattern=rules.literal_pattern,
        markup=rules.markup,
        name_tone=rules.name_tone,
        next_id=next_id,
        table_rows=tables.table_rows,
        option_list=choices.option_list,
        page_numbers=paging.page_numbers,
        wire=rules.wire,
        with_query=paging.with_query,
    )
    return environment
