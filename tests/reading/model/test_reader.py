"""The model through its public front: shapes, chances, evidence, plain cases it must not miss, and speed."""

from __future__ import annotations

import time

import pytest

from calmdesk.desk.vocabulary import AbuseKind, HeatBand, Issue, Lang, Leverage, LintRule, Move, Role
from calmdesk.reading.model import Model
from calmdesk.reading.model.view import EncoderView


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load()


CALM_AND_HOT = [
    ("Hello, could you tell me when the shop in Leeds opens on Sunday?", "en", HeatBand.CALM),
    (
        "You useless idiots, you have ruined my whole wedding and I hate every one of you!!!",
        "en",
        HeatBand.FURIOUS,
    ),
    ("Добрый день, подскажите, пожалуйста, до какого часа работает пункт выдачи?", "ru", HeatBand.CALM),
    ("Вы тупые твари, вы мне всю свадьбу загубили, чтоб вам всем пусто было!!!", "ru", HeatBand.FURIOUS),
]


@pytest.mark.parametrize(("text", "lang", "band"), CALM_AND_HOT)
def test_plain_heat(model: Model, text: str, lang: str, band: HeatBand) -> None:
    got = model.customer([(text, lang)])[0]
    assert got.band is band
    assert (got.heat_score > 0.5) == band.hot


@pytest.mark.parametrize(
    ("text", "lang", "of_person"),
    [
        ("You are a complete moron and everyone in your office knows it.", "en", True),
        ("This damn printer jams every damn time.", "en", False),
        ("Ты вообще тупой, кто тебя на работу взял, дебил?", "ru", True),
        ("Этот чёртов принтер опять зажевал бумагу.", "ru", False),
    ],
)
def test_a_person_is_told_from_a_thing(model: Model, text: str, lang: str, of_person: bool) -> None:
    got = model.customer([(text, lang)])[0]
    assert (got.of_person >= 0.5) is of_person
    assert (got.kind in {AbuseKind.INSULT, AbuseKind.HATE}) is of_person


@pytest.mark.parametrize(
    ("text", "lang", "claim"),
    [
        ("The line has been dead since noon, so cancel my contract.", "en", Leverage.CANCEL),
        ("Линия молчит с обеда, расторгайте договор.", "ru", Leverage.CANCEL),
        ("Nothing works. I want my money back.", "en", Leverage.REFUND),
        ("Ничего не работает, верните деньги.", "ru", Leverage.REFUND),
    ],
)
def test_leverage_is_heard_and_shown(model: Model, text: str, lang: str, claim: Leverage) -> None:
    got = model.customer([(text, lang)])[0]
    assert claim in got.claimed
    assert got.evidence[f"leverage.{claim}"]


@pytest.mark.parametrize(
    ("text", "lang", "issue"),
    [
        ("There has been no internet in the whole street since noon.", "en", Issue.OUTAGE),
        ("Интернета нет с обеда по всей улице.", "ru", Issue.OUTAGE),
        ("My parcel was due on Monday and still has not arrived.", "en", Issue.DELIVERY),
        ("Посылка должна была прийти в понедельник, до сих пор её нет.", "ru", Issue.DELIVERY),
    ],
)
def test_the_issue_is_named(model: Model, text: str, lang: str, issue: Issue) -> None:
    assert model.customer([(text, lang)])[0].issue is issue


@pytest.mark.parametrize(
    ("text", "lang", "rule", "words"),
    [
        ("There is nothing I can do for you.", "en", LintRule.REFUSING, "nothing I can do"),
        ("We'll get back to you soon.", "en", LintRule.VAGUE_PROMISE, "soon"),
        ("You're overreacting, it's a parcel.", "en", LintRule.LABELLING, "overreacting"),
        ("Ничем не могу помочь.", "ru", LintRule.REFUSING, "не могу помочь"),
        ("Такие у нас правила.", "ru", LintRule.POLICY_WALL, "правила"),
    ],
)
def test_lint_points_at_the_words(model: Model, text: str, lang: str, rule: LintRule, words: str) -> None:
    got = model.agent([(text, lang, None)])[0]
    found = {f.rule: f for f in got.flagged}
    assert rule in found
    at = text.index(words)
    assert found[rule].start < at + len(words)
    assert found[rule].end > at


def test_a_good_draft_is_left_alone(model: Model) -> None:
    text = (
        "Your card was charged twice, I can see it here. I've sent the second payment back just now, "
        "it will be on your account on Thursday."
    )
    got = model.agent([(text, "en", "you took the money two times!!")])[0]
    assert got.flagged == ()
    assert Move.SOLVE in got.made


def test_chances_are_chances_and_batches_agree_with_single_runs(model: Model) -> None:
    texts = [(text, lang) for text, lang, _ in CALM_AND_HOT] + [("", "en"), ("😡", "ru")]
    together = model.customer(texts)
    for text, got in zip(texts, together, strict=True):
        for table in (got.heat, got.kinds, got.targets, got.issues):
            assert sum(table.values()) == pytest.approx(1.0, abs=1e-6)
        alone = model.customer([text])[0]
        # int8 scales are drawn from the whole batch, so neighbours move the last digits.
        assert alone.heat_score == pytest.approx(got.heat_score, abs=0.1)


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_silence_is_calm_and_says_nothing(model: Model, text: str) -> None:
    got = model.customer([(text, "ru")])[0]
    assert (got.band, got.kind, got.claimed, got.issue) == (HeatBand.CALM, AbuseKind.NONE, (), Issue.NONE)
    draft = model.agent([(text, "en", None)])[0]
    assert (draft.flagged, draft.made, draft.promises) == ((), (), ())


def test_evidence_lies_in_the_text(model: Model) -> None:
    for text, lang, _ in CALM_AND_HOT:
        got = model.customer([(text, lang)])[0]
        for stretches in got.evidence.values():
            for s in stretches:
                assert 0 <= s.start < s.end <= len(text)
                assert 0 < s.weight <= 1.0 + 1e-9


def test_a_long_message_is_as_hot_as_its_hottest_part(model: Model) -> None:
    calm = " ".join(
        (
            "Good morning, I am writing about the garden table that I would like to order from you.",
            "We have a small terrace on the second floor, about three metres by two.",
            "My wife saw the round model in your shop in York and liked the oak very much.",
            "Before we decide, I have a few questions about the size and the finish.",
            "Does the top come off so that it fits through a narrow stairwell?",
            "Is the oil already applied, or do we do that ourselves in spring?",
            "Could the chairs be ordered later, when my brother has measured his corner?",
            "We are at home on weekdays after four, and on Saturdays until noon.",
            "There is a lift, but it is rather small, so I would plan for the stairs.",
            "Please also tell me whether you take the packaging back with you.",
            "There is no hurry, an answer by the end of the month is fine.",
            "Thank you for the catalogue, by the way, it arrived on Tuesday. ",
        )
    )
    rage = "You are liars and thieves, you pathetic idiots, I hate you all!!!"
    assert model.customer([(calm, "en")])[0].band in {HeatBand.CALM, HeatBand.TENSE}
    got = model.customer([(calm + rage, "en")])[0]
    assert got.band.hot
    assert got.of_person >= 0.5


def test_one_message_is_read_quickly(model: Model) -> None:
    text = (
        "I ordered a washing machine three weeks ago and the driver has now cancelled twice without a word, "
        "so who on earth is going to bring it to me before Friday?"
    )
    spent = []
    for _ in range(15):
        began = time.thread_time()
        model.customer([(text, "en")])
        spent.append(time.thread_time() - began)
    # The target is 15 ms on a free core; this bound only catches a reading that has become far slower.
    assert sorted(spent)[7] < 0.08


def test_the_view_names_every_label_and_its_places_hold(model: Model) -> None:
    view = EncoderView(model)
    text = "You charged my card twice for one ticket. I want my money back."
    got = view.view(text, role=Role.CUSTOMER, lang=Lang.EN)
    assert set(got.heads) == {"heat", "kind", "target", "issue", "leverage"}
    assert set(got.heads["issue"]) == {str(x) for x in Issue}
    draft = "As I already told you, this is our policy."
    found = view.view(draft, role=Role.AGENT, lang=Lang.EN, context=text)
    assert set(found.heads["lint"]) == {str(x) for x in LintRule}
    for span in (*got.spans, *found.spans):
        size = len(text) if span in got.spans else len(draft)
        assert 0 <= span.start < span.end <= size
        assert 0.0 <= span.p <= 1.0
