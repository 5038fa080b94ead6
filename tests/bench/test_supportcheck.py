"""SupportCheck's cases are whole, its expectations can fail, and its sums are right."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from bench.supportcheck import page, table
from bench.supportcheck.cases import LANGS, TESTS, Case, fulfils, functions, load, needs
from bench.supportcheck.run import run
from bench.supportcheck.tools import EVERYTHING, Command

from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, HeatBand, Issue, Leverage, LintRule, Move

VALUES: dict[str, set[str]] = {
    "heat_in": set(HeatBand),
    "kind_in": set(AbuseKind),
    "target_in": set(AbuseTarget),
    "target_not": set(AbuseTarget),
    "leverage_has": set(Leverage),
    "leverage_lacks": set(Leverage),
    "issue_in": set(Issue),
    "lint_has": set(LintRule),
    "lint_lacks": set(LintRule),
    "moves_has": set(Move),
}
CALM = {
    "heat": {"band": "calm"},
    "abuse": {"kind": "none", "target": "none"},
    "leverage": [],
    "issue": "none",
}
INSULT = {**CALM, "heat": {"band": "furious"}, "abuse": {"kind": "insult", "target": "agent"}}


@pytest.mark.parametrize("lang", LANGS)
def test_there_are_enough_functions_and_cases(lang: str) -> None:
    counts = Counter(case.function for case in load(lang))
    assert len(counts) >= 45
    assert min(counts.values()) >= 12
    assert set(counts) <= set(functions())


def test_every_function_is_used() -> None:
    assert set(functions()) == {case.function for lang in LANGS for case in load(lang)}


@pytest.mark.parametrize("lang", LANGS)
def test_ids_texts_and_pairs(lang: str) -> None:
    cases = load(lang)
    assert len({case.id for case in cases}) == len(cases)
    assert [text for text, count in Counter(case.text for case in cases).items() if count > 1] == []
    by_id = {case.id: case for case in cases}
    assert all(case.lang == lang and case.role in ("customer", "agent") for case in cases)
    assert [case.id for case in cases if case.pair and by_id[case.pair].pair != case.id] == []


@pytest.mark.parametrize("lang", LANGS)
def test_expectations_use_the_vocabulary(lang: str) -> None:
    wrong = []
    for case in load(lang):
        assert case.expect
        for name, want in case.expect.items():
            assert name in TESTS
            said = [want] if isinstance(want, str) else want
            if name in VALUES and not set(said) <= VALUES[name]:
                wrong.append(case.id)
            if name not in VALUES and not isinstance(want, bool):
                wrong.append(case.id)
    assert wrong == []


def case(
    expect: dict[str, Any], role: str = "customer", function: str = "thing_contempt", lang: str = "en"
) -> Case:
    return Case("x", function, role, lang, "text", expect)


@pytest.mark.parametrize(
    ("expect", "good", "bad"),
    [
        ({"heat_in": ["calm", "tense"]}, CALM, INSULT),
        ({"kind_in": ["insult"]}, INSULT, CALM),
        ({"abuse_of_person": False}, CALM, INSULT),
        ({"abuse_of_person": True}, INSULT, CALM),
        ({"self_harm": False}, CALM, {**CALM, "abuse": {"kind": "self_harm", "target": "customer"}}),
        ({"target_in": ["agent"]}, INSULT, CALM),
        ({"target_not": ["agent"]}, CALM, INSULT),
        ({"leverage_has": "refund"}, {**CALM, "leverage": ["refund"]}, CALM),
        ({"leverage_lacks": ["refund"]}, CALM, {**CALM, "leverage": ["refund"]}),
        ({"issue_in": ["billing"]}, {**CALM, "issue": "billing"}, CALM),
        ({"heat_in": ["calm"], "abuse_of_person": True}, {**INSULT, "heat": {"band": "calm"}}, INSULT),
        ({"lint_has": "blaming"}, {"lint": [{"rule": "blaming"}]}, {"lint": []}),
        ({"lint_lacks": ["blaming"]}, {"lint": [{"rule": "refusing"}]}, {"lint": [{"rule": "blaming"}]}),
        ({"lint_none": True}, {"lint": []}, {"lint": [{"rule": "blaming"}]}),
        ({"moves_has": "own"}, {"moves": ["own"]}, {"moves": []}),
    ],
)
def test_an_expectation_holds_and_fails(expect: dict[str, Any], good: Any, bad: Any) -> None:
    assert fulfils(good, case(expect))
    assert not fulfils(bad, case(expect))
    assert not fulfils({"error": {"code": "x"}}, case(expect))


class Same:
    """A tool with one answer to everything."""

    name = "same"
    langs = frozenset({"en"})

    def __init__(self, answer: Any, tells: frozenset[str] = EVERYTHING) -> None:
        self.answer, self.tells = answer, tells
        self.seen: list[dict[str, str]] = []

    def read(self, lines: Sequence[dict[str, str]]) -> list[Any]:
        self.seen = list(lines)
        return [self.answer for _ in lines]


def test_a_run_counts_by_function() -> None:
    cases = [
        case({"abuse_of_person": False}),
        case({"abuse_of_person": True}),
        case({"heat_in": ["calm"]}, function="calm_report"),
    ]
    found = run(Same(CALM), cases)
    assert found is not None
    assert found.share == {"thing_contempt": 0.5, "calm_report": 1.0}
    assert found.mean == 0.75
    assert found.worst == ("thing_contempt", 0.5)
    assert found.below == 1
    assert [failed.expect for failed, _ in found.failed] == [{"abuse_of_person": True}]


def test_a_tool_is_asked_only_what_it_tells() -> None:
    tool = Same(CALM, frozenset({"abuse"}))
    cases = [case({"abuse_of_person": False}), case({"heat_in": ["calm"]}, function="calm_report")]
    found = run(tool, cases)
    assert found is not None
    assert set(found.share) == {"thing_contempt"}
    assert len(tool.seen) == 1
    assert needs(cases[1]) == {"heat"}
    assert run(Same(CALM, frozenset()), cases) is None
    assert run(Same(CALM), [case({"abuse_of_person": False}, lang="ru")]) is None


def test_nothing_of_what_is_expected_is_handed_over() -> None:
    assert set(load("en")[0].line) <= {"id", "role", "lang", "text", "context"}


def test_any_program_can_be_run(tmp_path: Path) -> None:
    program = tmp_path / "tool.py"
    program.write_text(
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    row = json.loads(line)\n"
        f"    answer = {json.dumps(CALM)}\n"
        "    if row['id'] != 'skip':\n"
        "        print(json.dumps({'id': row['id'], **answer}))\n"
    )
    tool = Command(f"{sys.executable} {program}")
    got = tool.read([{"id": "a", "text": "x"}, {"id": "skip", "text": "y"}])
    assert got[0]["heat"] == {"band": "calm"}
    assert "error" in got[1]
    with pytest.raises(RuntimeError, match="contract"):
        Command(f"{sys.executable} -c print(5)").read([{"id": "a"}])
    with pytest.raises(RuntimeError, match="contract"):
        Command(f"{sys.executable} -c pass").read([{"id": "a"}])
    with pytest.raises(RuntimeError, match="contract"):
        Command("no-such-program-here").read([{"id": "a"}])


def test_the_page_shows_what_was_measured() -> None:
    found = run(Same(CALM), load("en"))
    assert found is not None
    assert f"{found.mean:.3f}" in table([found])[2]
    text = page([found])
    for name in found.share:
        assert f"| {name} |" in text
