"""`advise --jsonl`: one row after every turn, seeing only the past; bad rows answer in their place."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from calmdesk.coach import Coach
from calmdesk.coach.jsonl import advise_line
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.reading import Reading
from calmdesk.desk.vocabulary import Channel, Lang, Role, Rung, Step

from .stories import agent, customer


def read(text: str, /, *, role: Role, channel: Channel, so_far: Conversation, now: datetime) -> Reading:
    """A stand-in reader: heat by exclamation marks, so that the contract can be tested alone."""
    if role is not Role.CUSTOMER:
        return agent(Lang.EN, text, ["ask_closed"] if "?" in text else [])
    heat = ("calm", "tense", "angry", "furious")[min(3, text.count("!"))]
    return customer(Lang.EN, heat, **({"abuse": "insult:agent"} if "fool" in text else {}))


TALK = [
    {"role": "customer", "text": "Where is it!!", "at": "2026-03-12T10:00:00+00:00"},
    {"role": "agent", "text": "Which order is it?", "at": "2026-03-12T10:02:00+00:00"},
    {"role": "customer", "text": "Order 7781, you fool!!", "at": "2026-03-12T10:03:00+00:00"},
]


def ask(coach: Coach, row: object) -> dict[str, Any]:
    answer = advise_line(row, coach, read)
    json.dumps(answer)
    return answer


def test_one_row_after_every_turn(coach: Coach) -> None:
    answer = ask(coach, {"id": 7, "lang": "en", "channel": "in_person", "turns": TALK})
    assert answer["id"] == 7
    assert [row["turn"] for row in answer["after"]] == [0, 1, 2]
    for row in answer["after"]:
        assert set(row) == {"turn", "next", "ladder", "heat", "risk", "because"}
        assert row["next"]
        assert set(row["next"]) <= {s.value for s in Step}
        assert row["ladder"] is None or row["ladder"] in {r.value for r in Rung}
        assert set(row["heat"]) == {"band", "score"}
    assert answer["after"][0]["next"][0] == "acknowledge"
    assert answer["after"][2]["ladder"] == "ignore"


def test_rows_see_only_the_past(coach: Coach) -> None:
    whole = ask(coach, {"id": "a", "turns": TALK})["after"]
    part = ask(coach, {"id": "a", "turns": TALK[:2]})["after"]
    assert whole[:2] == part


def test_times_and_language_may_be_left_out(coach: Coach) -> None:
    answer = ask(
        coach,
        {"id": 1, "turns": [{"role": "customer", "text": "Где мой заказ!!"}, {"role": "bot", "text": "?"}]},
    )
    assert len(answer["after"]) == 2
    assert any("а" <= letter <= "я" for letter in answer["after"][0]["because"])


def test_no_turns_no_rows(coach: Coach) -> None:
    assert ask(coach, {"id": 1, "turns": []}) == {"id": 1, "after": []}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([], "not_an_object"),
        ({"id": 1}, "turns"),
        ({"id": 1, "turns": ["hello"]}, "turn"),
        ({"id": 1, "turns": [{"role": "king", "text": "hello"}]}, "role"),
        ({"id": 1, "turns": [{"role": ["agent"], "text": "hello"}]}, "role"),
        ({"id": 1, "turns": [{"role": "agent", "text": 5}]}, "text"),
        ({"id": 1, "turns": [{"role": "agent", "text": "hello", "at": "yesterday"}]}, "at"),
        ({"id": 1, "turns": [{"role": "agent", "text": "x" * 100_001}]}, "too_long"),
        ({"id": 1, "lang": "xx", "turns": []}, "lang"),
        ({"id": 1, "channel": 5, "turns": []}, "channel"),
    ],
)
def test_what_cannot_be_read_is_said(coach: Coach, row: object, code: str) -> None:
    answer = ask(coach, row)
    assert answer["error"]["code"] == code
    assert answer["error"]["message"]
    assert answer["id"] == (row["id"] if isinstance(row, dict) else None)
