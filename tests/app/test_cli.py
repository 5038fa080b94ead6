"""The command line's contract: a line in, a line out, errors in their place; and readable text for people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from calmdesk.app.cli import app

NOW = {
    "now": "2026-06-03T12:00:00+01:00",
    "zone": "Europe/London",
    "hours": "Mon-Fri 09:00-18:00",
    "holidays": [],
}


@pytest.fixture(autouse=True)
def _rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALMDESK_MODEL", "false")


def run(*words: str, rows: list[object] | None = None, text: str | None = None) -> Result:
    given = text if rows is None else "\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows)
    return CliRunner().invoke(app, list(words), input=given)


def answers(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_read_answers_customers_and_agents_in_order() -> None:
    done = run("read", "--jsonl", rows=[
        {"id": "a", "role": "customer", "text": "Where is my parcel? You are useless idiots!", "lang": "en"},
        {"id": "b", "role": "agent", "text": "Calm down. I'll call you by 5 pm today.", **NOW},
        {"id": "c", "role": "customer", "text": "Где мой заказ?"},
    ])  # fmt: skip
    assert done.exit_code == 0
    first, second, third = answers(done)
    assert (first["id"], second["id"], third["id"]) == ("a", "b", "c")
    assert set(first) >= {"heat", "abuse", "leverage", "issue", "cues", "lang"}
    assert first["abuse"]["kind"] == "insult"  # type: ignore[index]
    assert [f["rule"] for f in second["lint"]] == ["dismissing"]  # type: ignore[attr-defined]
    assert second["promises"][0]["due"] == "2026-06-03T17:00:00+01:00"  # type: ignore[index]
    assert third["lang"] == "ru"
    for cue in first["cues"]:  # type: ignore[attr-defined]
        assert set(cue) == {"what", "start", "end", "quote", "because", "by"}


@pytest.mark.parametrize(
    "bad",
    [
        "{", "[]", "null", "5", '"x"', {"id": "b"}, {"id": "b", "role": "customer"},
        {"id": "b", "role": "king", "text": "x"},
        {"id": "b", "role": "customer", "text": 5}, {"id": "b", "role": "customer", "text": "x", "lang": "de"},
        {"id": "b", "role": "agent", "text": "x", "now": "yesterday"},
    ],
)  # fmt: skip
def test_a_bad_line_gets_an_error_in_its_place_and_the_others_still_answer(bad: object) -> None:
    done = run(
        "read",
        "--jsonl",
        rows=[
            {"id": "a", "role": "customer", "text": "x"},
            bad,
            {"id": "c", "role": "customer", "text": "y"},
        ],
    )
    assert done.exit_code == 1
    first, second, third = answers(done)
    assert "error" not in first
    assert "error" not in third
    assert set(second["error"]) == {"code", "message"}  # type: ignore[call-overload]


def test_promises_are_dated() -> None:
    done = run("promises", "--jsonl", rows=[
        {"id": "1", "text": "I'll send the invoice tomorrow.", **NOW},
        {"id": "2", "text": "Перезвоню вам до конца дня.", **NOW},
        {"id": "3", "text": "I could call you if you like.", **NOW},
    ])  # fmt: skip
    assert done.exit_code == 0
    one, two, three = (row["promises"] for row in answers(done))
    assert [(p["kind"], p["due"]) for p in one] == [("document", "2026-06-04T18:00:00+01:00")]  # type: ignore[attr-defined]
    assert [(p["kind"], p["due"]) for p in two] == [("callback", "2026-06-03T18:00:00+01:00")]  # type: ignore[attr-defined]
    assert three == []


def test_advise_answers_after_every_turn() -> None:
    turns = [
        {"role": "customer", "text": "Three weeks late! I'm furious.", "at": "2026-06-03T12:00:00+01:00"},
        {
            "role": "agent",
            "text": "Three weeks is far too long, I'm sorry.",
            "at": "2026-06-03T12:01:00+01:00",
        },
    ]
    done = run("advise", "--jsonl", rows=[{"id": "1", "lang": "en", "channel": "in_person", "turns": turns}])
    assert done.exit_code == 0
    after = answers(done)[0]["after"]
    assert [step["turn"] for step in after] == [0, 1]  # type: ignore[attr-defined]
    assert set(after[0]) == {"turn", "next", "ladder", "heat", "risk", "because"}  # type: ignore[index]


def test_people_get_readable_text() -> None:
    done = run("read", "where is my damn parcel")
    assert done.exit_code == 0
    assert "heat" in done.stdout
    assert "angry" in done.stdout


def test_lint_shows_findings_and_says_so_by_its_status(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "Thanks for writing.\nCalm down, you should have checked the tracking.\n", encoding="utf-8"
    )
    done = run("lint", str(draft), "--format", "line")
    assert done.exit_code == 1
    rows = done.stdout.splitlines()
    assert [row.split()[1] for row in rows] == ["dismissing", "blaming"]
    assert rows[0].startswith(f"{draft}:2:1 ")


def test_a_clean_draft_is_clean() -> None:
    done = run("lint", text="I'm sorry the lamp came broken. I've sent you a new one today.")
    assert done.exit_code == 0


def test_advise_reads_a_chat_as_text(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text(
        "customer: Three weeks late!\nagent: I'm sorry, three weeks is too long.\n", encoding="utf-8"
    )
    done = run("advise", str(chat))
    assert done.exit_code == 0
    assert done.stdout.count("→") == 2


@pytest.mark.parametrize(
    "words",
    [("read", "--role", "king"), ("lint", "/nowhere"), ("advise", "/nowhere"), ("lint", "--format", "x")],
)
def test_wrong_arguments_are_one_clear_sentence(words: tuple[str, ...]) -> None:
    done = run(*words, text="x")
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_content_is_in_order() -> None:
    done = run("content", "check")
    assert done.exit_code == 0, done.output
