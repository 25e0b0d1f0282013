"""The interface library: design tokens, layouts, components and error pages as Jinja2 templates."""
