"""What goes wrong while delivering."""


class DeployProblem(Exception):
    """A delivery that did not come about; the message says why, and what stands now."""
