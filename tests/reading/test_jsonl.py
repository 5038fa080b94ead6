"""The rows of the command line: their form, and an error in place of what can't be read."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from calmdesk.content import load_content
from calmdesk.reading.jsonl import promises_line, read_line
from calmdesk.reading.reader import Reader


@cache
def reader() -> Reader:
    return Reader(load_content())


def test_a_customers_row() -> None:
    answer = read_line(
        {"id": "7", "role": "customer", "text": "Where is my damn refund?!", "channel": "in_person"}, reader()
    )
    assert list(answer) == ["id", "role", "lang", "heat", "abuse", "leverage", "issue", "cues"]
    assert answer["abuse"]["kind"] == "profanity"
    assert 0.0 <= answer["heat"]["score"] <= 1.0
    assert set(answer["cues"][0]) == {"what", "start", "end", "quote", "because", "by"}
    json.dumps(answer)


def test_an_agents_row_with_a_calendar() -> None:
    answer = read_line(
        {
            "id": 3, "role": "agent", "text": "Calm down. I'll call you by 5 pm today.",
            "now": "2026-03-02T10:00:00+00:00", "zone": "Europe/London", "hours": "Mon-Fri 09:00-18:00",
        },
        reader(),
    )  # fmt: skip
    assert list(answer) == ["id", "role", "lang", "moves", "lint", "promises", "cues"]
    assert [finding["rule"] for finding in answer["lint"]] == ["dismissing"]
    assert set(answer["lint"][0]) == {"rule", "start", "end", "quote", "because", "source", "suggest"}
    assert answer["promises"][0]["due"] == "2026-03-02T17:00:00+00:00"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([], "not_an_object"),
        ({"text": 5}, "text"),
        ({}, "text"),
        ({"text": "x", "role": "king"}, "role"),
        ({"text": "x", "lang": "de"}, "lang"),
        ({"text": "x", "now": "yesterday"}, "now"),
        ({"text": "x", "channel": 4}, "channel"),
        ({"text": "x", "context": 4}, "context"),
        ({"text": "x", "now": "2026-03-02T10:00:00Z", "zone": "Moon/Base"}, "hours"),
        ({"text": "x", "now": "2026-03-02T10:00:00Z", "hours": "always"}, "hours"),
        ({"text": "x", "now": "2026-03-02T10:00:00Z", "holidays": "none"}, "holidays"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row: Any, code: str) -> None:
    if isinstance(row, dict):
        row = {"id": "a", **row}
    answer = read_line(row, reader())
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]
    assert answer["id"] == (row["id"] if isinstance(row, dict) else None)


def test_promises_need_their_now() -> None:
    assert promises_line({"id": "1", "text": "I'll call you."})["error"]["code"] == "now"
    found = promises_line({"id": "1", "text": "Soon then.", "now": "2026-03-02T10:00:00Z", "zone": "UTC"})
    assert found == {"id": "1", "promises": []}
