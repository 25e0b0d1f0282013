"""The worker `ganger-handouts-patient`."""

from ganger.edge import ApplicationEntrypoint, application
from patient_workers.handouts_patient.routes import ROUTES

__all__ = ["Default"]


class Default(ApplicationEntrypoint):
    """Answers everything at the host of the patient handouts."""

    application = application(ROUTES)
