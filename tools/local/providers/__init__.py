"""Stand-ins for the outside services that the hubs call, on this machine alone.

They keep to what the services publish (each module names its source), check what they are sent, and can be
told to fail. `Providers` runs them on one port, with an inbox of what was sent.
"""

from tools.local.providers.fault import Fault
from tools.local.providers.server import Providers

__all__ = ["Fault", "Providers"]
