"""The HTTP doors, as CONTRACT.md fixes them."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from assistant.answer import Answer, Event
from assistant.api import create_app
from assistant.compose import LiveService
from assistant.library_desk import LibraryDesk
from assistant.settings import ApiKey
from tests.assistant.conftest import FOUNDED, MAINTAINER, MEMBERS, NOT_HELD, PLAN, READER, Place

ANSWER_TYPES = {
    "id": str,
    "question": str,
    "answer": str,
    "abstained": bool,
    "citations": list,
    "conflicts": list,
    "checks": dict,
    "reader": str,
    "timings_ms": dict,
    "index": str,
}
