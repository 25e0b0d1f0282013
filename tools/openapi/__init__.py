"""Descriptions of the apps' APIs (OpenAPI 3.1), made from route tables, records and the handlers' code."""

from tools.openapi.described import described, described_apart
from tools.openapi.document import openapi_document

__all__ = ["described", "described_apart", "openapi_document"]
