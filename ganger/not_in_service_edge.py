"""The entrypoint of every worker whose app is not in service."""

from ganger import catalogue
from ganger.edge import ApplicationEntrypoint, application
from ganger.not_in_service import routes


class NotInService(ApplicationEntrypoint):
    """A worker that answers HTTP by saying that its app is not in service."""

    application = application(routes(catalogue.WORKER))
