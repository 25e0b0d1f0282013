"""What there is in the library, as data: each component with its parameters, states and rules."""

from ganger.ui.manifest.actions import ACTIONS
from ganger.ui.manifest.data import DATA
from ganger.ui.manifest.feedback import FEEDBACK
from ganger.ui.manifest.forms import FORMS
from ganger.ui.manifest.navigation import LAYOUTS, NAVIGATION
from ganger.ui.manifest.records import Component, Example, Group, Layout, Parameter

__all__ = ["COMPONENTS", "LAYOUTS", "Component", "Example", "Group", "Layout", "Parameter"]

COMPONENTS = (*ACTIONS, *FORMS, *DATA, *FEEDBACK, *NAVIGATION)
