"""What there is in the library, as data: each component with its parameters, states and rules."""

from ganger.ui.manifest.actions import ACTIONS
from ganger.ui.manifest.choices import CHOICES
from ganger.ui.manifest.data import DATA
from ganger.ui.manifest.dialogs import DIALOGS
from ganger.ui.manifest.feedback import FEEDBACK
from ganger.ui.manifest.forms import FORMS
from ganger.ui.manifest.layouts import LAYOUTS, PAGES
from ganger.ui.manifest.navigation import NAVIGATION
from ganger.ui.manifest.records import Component, Example, Group, Kind, Layout, Parameter, State
from ganger.ui.manifest.tables import TABLES

__all__ = [
    "COMPONENTS",
    "LAYOUTS",
    "Component",
    "Example",
    "Group",
    "Kind",
    "Layout",
    "Parameter",
    "State",
]

COMPONENTS = (*ACTIONS, *FORMS, *CHOICES, *DATA, *TABLES, *DIALOGS, *FEEDBACK, *NAVIGATION, *PAGES)
