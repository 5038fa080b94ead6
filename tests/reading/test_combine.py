"""Belief and decision: rules alone, and rules that move a model."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from calmdesk.content import Content, load_content
from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, HeatBand, Lang, Leverage, LintRule, Role
from calmdesk.reading.reader import Reader
from calmdesk.reading.view import ModelSpan, ModelView


@cache
def content() -> Content:
    return load_content()


@dataclass
class Said:
    """A model that always says the same."""

    heads: dict[str, dict[str, float]]
    spans: tuple[ModelSpan, ...] = ()
    asked: list[str | None] = field(default_factory=list)

    def view(self, text: str, *, role: Role, lang: Lang, context: str | None = None) -> ModelView:
        self.asked.append(context)
        return ModelView(self.heads, self.spans)


def test_a_sure_model_decides_the_heat_and_the_score_stays_in_its_band() -> None:
    model = Said({"heat": {"calm": 0.01, "tense": 0.01, "angry": 0.01, "furious": 0.97}})
    heat = Reader(content(), model).read("The box is green.", role=Role.CUSTOMER).heat
    assert heat.band is HeatBand.FURIOUS
    assert 0.75 <= heat.score <= 1.0


def test_a_model_names_what_no_rule_knows_at_its_words() -> None:
    text = "Your whole family writes like this, I suppose."
    model = Said({"lint": {"retaliating": 0.9}}, (ModelSpan("lint.retaliating", 0, 17, 0.9),))
    (finding,) = Reader(content(), model).read(text, role=Role.AGENT).lint
    assert finding.rule is LintRule.RETALIATING
    assert finding.quote == "Your whole family"
    assert finding.by == "model:lint.retaliating"


def test_a_rule_carries_a_wavering_model_and_not_a_model_that_is_sure_of_the_contrary() -> None:
    text = "Put me through to your supervisor."
    wavering = Reader(content(), Said({"leverage": {"supervisor": 0.4}}))
    sure_not = Reader(content(), Said({"leverage": {"supervisor": 0.001}}))
    assert wavering.read(text, role=Role.CUSTOMER).leverage == (Leverage.SUPERVISOR,)
    assert sure_not.read(text, role=Role.CUSTOMER).leverage == ()


def test_target_fits_the_kind() -> None:
    model = Said({"kind": {"self_harm": 0.95}, "target": {"agent": 0.99}})
    abuse = Reader(content(), model).read("I can't see a way any more.", role=Role.CUSTOMER).abuse
    assert (abuse.kind, abuse.target) == (AbuseKind.SELF_HARM, AbuseTarget.CUSTOMER)


def test_cues_that_were_overruled_are_not_shown() -> None:
    model = Said({"kind": {"none": 0.9999}, "target": {"none": 0.99}})
    reading = Reader(content(), model).read("You idiot!", role=Role.CUSTOMER)
    assert reading.abuse.kind is AbuseKind.NONE
    assert not any(cue.what.startswith("abuse.insult") for cue in reading.cues)


def test_the_model_hears_the_message_before() -> None:
    model = Said({})
    Reader(content(), model).read("Fine.", role=Role.AGENT, context="Where is it?")
    assert model.asked == ["Where is it?"]


def test_an_empty_text_does_not_reach_the_model() -> None:
    model = Said({})
    Reader(content(), model).read("  \n", role=Role.CUSTOMER)
    assert model.asked == []
