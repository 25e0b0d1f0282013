"""Descriptions of the apps' APIs (OpenAPI 3.1), made from route tables, records and the handlers' code."""

from tools.openapi.described import described
from tools.openapi.document import openapi_document

__all__ = ["described", "openapi_document"]
