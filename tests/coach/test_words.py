"""The coach's words as content: complete in both languages, no blank slot, nothing that fails its own lint."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from calmdesk.coach import Coach
from calmdesk.coach.openings import slots_of
from calmdesk.coach.situation import Situation
from calmdesk.content.loader import Content
from calmdesk.content.method import (
    CoachPolicy,
    HintsFile,
    LadderFile,
    MissingFile,
    OpeningsFile,
    RewriteFile,
    SignalsFile,
    SituationsFile,
    Slot,
    StepsFile,
)
from calmdesk.desk.vocabulary import TRACK, Issue, Lang, LintRule, Role, Rung, Step
from calmdesk.reading.reader import Reader

LANGS = list(Lang)
FILLED = {
    Lang.EN: {"name": "Ms Okafor", "order": "order 20-4417", "amount": "$84.10", "agent": "Tomas",
              "due": "by 16:30 on 3 June", "date": "3 June", "help": "Call 112."},
    Lang.RU: {"name": "Вера Павловна", "order": "20-4417", "amount": "8 410 руб.", "agent": "Тимур",
              "due": "3 июня до 16:30", "date": "3 июня", "help": "Позвоните 112."},
}  # fmt: skip


def offered(content: Content, lang: Lang) -> Iterator[tuple[str, str]]:
    """Everything that the coach may put into an agent's draft, with its id."""
    for file in content.of(OpeningsFile, lang):
        for opening in file.openings:
            yield opening.id, opening.text.format_map(FILLED[lang])
    ladder = content.one(LadderFile, lang)
    for rung in (*ladder.rungs, ladder.safety, ladder.self_harm):
        for number, words in enumerate(rung.words):
            yield f"{rung.id}.{number}", words.format_map(FILLED[lang])


@pytest.fixture(scope="module")
def reader(content: Content) -> Reader:
    """The rule reader."""
    return Reader(content)


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_coach_offers_passes_the_lint(content: Content, reader: Reader, lang: Lang) -> None:
    found = [
        f"{ident}: {finding.rule} {finding.quote!r}"
        for ident, text in offered(content, lang)
        for finding in reader.read(text, role=Role.AGENT, lang=lang).lint
    ]
    assert found == []


@pytest.mark.parametrize("lang", LANGS)
def test_rewrites_pass_the_lint_they_answer(content: Content, reader: Reader, lang: Lang) -> None:
    found = []
    for file in content.of(RewriteFile, lang):
        for rewrite in file.rewrites:
            for text in rewrite.to:
                if "{" in text:
                    continue
                sentence = text[0].upper() + text[1:] + "."
                rules = {f.rule for f in reader.read(sentence, role=Role.AGENT, lang=lang).lint}
                found.extend(f"{file.rule}: {text!r} is {rule}" for rule in rules)
    assert found == []


@pytest.mark.parametrize("lang", LANGS)
def test_each_step_has_six_openings_or_more(content: Content, lang: Lang) -> None:
    counts = {f.step: len(f.openings) for f in content.of(OpeningsFile, lang)}
    assert set(counts) == set(TRACK)
    assert all(count >= 6 for count in counts.values()), counts


@pytest.mark.parametrize("lang", LANGS)
def test_openings_name_only_known_facts_and_situations(content: Content, lang: Lang) -> None:
    for file in content.of(OpeningsFile, lang):
        for opening in file.openings:
            assert slots_of(opening.text) <= {slot.value for slot in Slot}, opening.id
            assert set(opening.situations) <= {s.value for s in Situation}, opening.id
            assert opening.id.startswith(f"{file.step.value}."), opening.id


@pytest.mark.parametrize("lang", LANGS)
def test_some_opening_of_each_step_needs_nothing(content: Content, lang: Lang) -> None:
    """Otherwise a due step could come without words."""
    for file in content.of(OpeningsFile, lang):
        plain = [
            o for o in file.openings
            if not (slots_of(o.text) or o.issues or o.situations or o.channels or o.bands or o.leverage)
        ]  # fmt: skip
        assert len(plain) >= 2, file.step


def test_both_languages_have_the_same_phrases(content: Content) -> None:
    for model, ids in (
        (OpeningsFile, lambda f: [o.id for o in f.openings]),
        (HintsFile, lambda f: [h.id for h in f.hints]),
        (MissingFile, lambda f: [m.id for m in f.missing]),
        (SituationsFile, lambda f: [s.id for s in f.situations]),
        (StepsFile, lambda f: [s.id for s in f.steps]),
    ):
        english, russian = (Counter(i for f in content.of(model, lang) for i in ids(f)) for lang in LANGS)  # type: ignore[no-untyped-call]
        assert english == russian, model
        assert max(english.values()) == 1, model


def test_conditions_agree_between_the_languages(content: Content) -> None:
    english, russian = ({o.id: o for f in content.of(OpeningsFile, x) for o in f.openings} for x in LANGS)
    for ident, opening in english.items():
        twin = russian[ident]
        same = ("kind", "issues", "channels", "bands", "leverage", "situations")
        assert all(getattr(opening, name) == getattr(twin, name) for name in same), ident


@pytest.mark.parametrize("lang", LANGS)
def test_every_situation_has_steps_and_a_reason(content: Content, lang: Lang) -> None:
    policy = content.one(CoachPolicy)
    wanted = {s.value for s in Situation}
    assert set(policy.next) == wanted
    assert all(policy.next.values())
    assert {s.id for s in content.one(SituationsFile, lang).situations} == wanted


@pytest.mark.parametrize("lang", LANGS)
def test_steps_rules_rungs_and_issues_are_all_in_words(content: Content, lang: Lang) -> None:
    assert {s.id for s in content.one(StepsFile, lang).steps} == set(Step)
    assert {f.rule for f in content.of(RewriteFile, lang)} == set(LintRule)
    assert set(content.one(CoachPolicy).gravity) == set(LintRule)
    assert {r.id for r in content.one(LadderFile, lang).rungs} == {r.value for r in Rung}
    by_issue = {i for f in content.of(OpeningsFile, lang) for o in f.openings for i in o.issues}
    assert by_issue >= set(Issue) - {Issue.QUESTION, Issue.OTHER, Issue.NONE}


@pytest.mark.parametrize("lang", LANGS)
def test_signals_are_patterns_that_do_not_match_nothing(content: Content, lang: Lang) -> None:
    file = content.one(SignalsFile, lang)
    for patterns in (*file.customer.values(), *file.agent.values(), file.stock):
        for pattern in patterns:
            assert re.compile(pattern).search("") is None, pattern
            assert "ё" not in pattern, "texts are compared with е for ё"


@pytest.mark.parametrize("lang", LANGS)
def test_every_rewrite_file_ends_with_one_that_always_matches(content: Content, lang: Lang) -> None:
    for file in content.of(RewriteFile, lang):
        assert all(re.compile(r.match) for r in file.rewrites if r.match)
        last = file.rewrites[-1].match
        assert not last or re.search(last, "x"), file.rule
        assert {"text", "facts"} == slots_of(file.keep)


def test_russian_words_are_polite_and_without_gender_of_the_agent(content: Content) -> None:
    """The agent may be a woman or a man: no past tense or short adjective in the first person."""
    gendered = re.compile(r"\b[Яя] (?:\w+ ){0,2}?\w+(?:ла|лся|лась|ел|ал|ил|ял)\b|\b(?:рада?|готова?)\b")
    informal = re.compile(r"\b(?:ты|тебя|тебе|твой|твоя|твоё)\b", re.IGNORECASE)
    for ident, text in offered(content, Lang.RU):
        assert not gendered.search(text), (ident, text)
        assert not informal.search(text), (ident, text)


def test_coach_stands_on_the_core_pack(coach: Coach) -> None:
    assert isinstance(coach, Coach)
