"""Answers of providers."""

import json

from service_workers.hubs.domain.web import Answer


def json_answer(value, status=200, **headers):
    return Answer(status, json.dumps(value).encode(), headers)
