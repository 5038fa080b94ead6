"""From belief to decision: the rules' evidence and, where there is one, a model's probabilities, head by head.

How much of the heat is the model's (`model_share`), how far a rule that fired moves the model (`nudge`), and from
which probability a label is said (`decide`) stand in `thresholds.yml`. Without a model the rules decide alone, by the
same path.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TypeVar

from calmdesk.content.rules import Thresholds
from calmdesk.desk.heat import EDGES
from calmdesk.desk.reading import Abuse, Finding, Heat
from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, HeatBand, Issue, Leverage, LintRule, Move

from .agent import AgentEvidence
from .evidence import GRAVITY, AbuseSign, CustomerEvidence, rank
from .view import ModelView

L = TypeVar("L", bound=str)
BANDS = list(HeatBand)
#: From this sureness on, a rule moves the model.
RULE_SPEAKS = 0.5


def decide_heat(found: CustomerEvidence, view: ModelView | None, rules: Thresholds) -> Heat:
    """The band and the score. The score always lies inside its band's range."""
    raw = rules.bias + sum(rules.heat.get(name, 0.0) * count for name, count in found.heat.items())
    at_least = [_logistic(raw - edge) for edge in rules.edges]
    if view and view.heads.get("heat"):
        share = rules.model_share
        probs = view.heads["heat"]
        model = [sum(probs.get(band, 0.0) for band in BANDS[k:]) for k in (1, 2, 3)]
        at_least = [(1 - share) * rule + share * said for rule, said in zip(at_least, model, strict=True)]
    level = sum(
        p >= rules.decide.get(f"heat.{band}", 0.5) for p, band in zip(at_least, BANDS[1:], strict=True)
    )
    low, high = (0.0, *EDGES, 1.0)[level : level + 2]
    score = min(max(sum(at_least) / 3, low), high if level == 3 else high - 0.001)
    return Heat(BANDS[level], round(score, 3))


#: How sure the rules must be, or how likely the model must find it, for self-harm to be read without the other's word.
SURE_DANGER = 0.85
LIKELY_DANGER = 0.3


def decide_abuse(found: CustomerEvidence, view: ModelView | None, rules: Thresholds) -> Abuse:
    """The gravest abuse and its target."""
    signs = sorted(found.abuse, key=rank, reverse=True)
    beliefs: dict[AbuseKind, float] = {}
    for sign in signs:
        beliefs[sign.abuse.kind] = max(beliefs.get(sign.abuse.kind, 0.0), sign.sure)
    kinds = view.heads.get("kind") if view else None
    if not kinds:
        floor = rules.decide.get("abuse", 0.5)
        said = [sign for sign in signs if sign.sure >= floor]
        return said[0].abuse if said else Abuse()
    nudge = rules.nudge.get("abuse", 0.0)
    mixed = {kind: _log(kinds.get(kind, 0.0)) + nudge * _only_gravest(kind, beliefs) for kind in GRAVITY}
    kind = max(GRAVITY, key=lambda k: mixed[k])
    if _in_danger(beliefs, kinds):
        # Help comes first: a missed cry for help costs more than a kind word too many, so one view suffices.
        kind = AbuseKind.SELF_HARM
    return Abuse(kind, _target(kind, signs, view, rules))


def _in_danger(beliefs: Mapping[AbuseKind, float], kinds: Mapping[str, float]) -> bool:
    return (
        beliefs.get(AbuseKind.SELF_HARM, 0.0) >= SURE_DANGER
        or kinds.get(AbuseKind.SELF_HARM, 0.0) >= LIKELY_DANGER
    )


def _only_gravest(kind: AbuseKind, beliefs: Mapping[AbuseKind, float]) -> float:
    graver = GRAVITY[GRAVITY.index(kind) + 1 :]
    return 0.0 if any(beliefs.get(other, 0.0) >= 0.5 for other in graver) else beliefs.get(kind, 0.0)


def _target(
    kind: AbuseKind, signs: list[AbuseSign], view: ModelView | None, rules: Thresholds
) -> AbuseTarget:
    allowed = {
        AbuseKind.NONE: (AbuseTarget.NONE, AbuseTarget.THING),
        AbuseKind.PROFANITY: (AbuseTarget.NONE, AbuseTarget.THING),
        AbuseKind.SELF_HARM: (AbuseTarget.CUSTOMER,),
        AbuseKind.INSULT: (AbuseTarget.AGENT, AbuseTarget.STAFF, AbuseTarget.OTHER, AbuseTarget.CUSTOMER),
        AbuseKind.THREAT: (AbuseTarget.AGENT, AbuseTarget.STAFF, AbuseTarget.OTHER, AbuseTarget.THING),
    }.get(kind, (AbuseTarget.AGENT, AbuseTarget.STAFF, AbuseTarget.OTHER))
    probs = view.heads.get("target", {}) if view else {}
    nudge = rules.nudge.get("target", 0.0)
    ours = {sign.abuse.target: sign.sure for sign in reversed(signs) if sign.abuse.kind is kind}
    return max(allowed, key=lambda target: _log(probs.get(target, 0.0)) + nudge * ours.get(target, 0.0))


def decide_leverage(
    found: CustomerEvidence, view: ModelView | None, rules: Thresholds
) -> tuple[Leverage, ...]:
    """What the customer puts on the table, in the vocabulary's order."""
    beliefs = {label: min(0.95, weight) for label, weight in found.leverage.items()}
    return decide_labels("leverage", Leverage, beliefs, view, rules)


def decide_issue(found: CustomerEvidence, view: ModelView | None, rules: Thresholds) -> Issue:
    """What the trouble is about."""
    weights = {issue: weight for issue, weight in found.issue.items() if weight > 0}
    total = sum(weights.values())
    probs = view.heads.get("issue") if view else None
    if probs:
        nudge = rules.nudge.get("issue", 0.0)
        return max(
            Issue, key=lambda i: _log(probs.get(i, 0.0)) + nudge * weights.get(i, 0.0) / max(total, 2.0)
        )
    if not weights or max(weights.values()) < rules.issue_floor:
        if found.flags.get("asks"):
            return Issue.QUESTION
        return Issue.NONE if not weights and not found.heat_fired else Issue.OTHER
    return max(weights, key=lambda issue: weights[issue])


def decide_moves(found: AgentEvidence, view: ModelView | None, rules: Thresholds) -> tuple[Move, ...]:
    """What the agent's message does, in the vocabulary's order."""
    return decide_labels("moves", Move, found.moves, view, rules)


def decide_lint(
    found: AgentEvidence, view: ModelView | None, rules: Thresholds, made: Mapping[LintRule, Finding]
) -> tuple[Finding, ...]:
    """The findings, in the order of their places. `made` gives a finding for a rule that only the model names."""
    beliefs = {finding.rule: sure for finding, sure in found.lint}
    said = decide_labels("lint", LintRule, beliefs, view, rules)
    by_rule = {**made, **{finding.rule: finding for finding, _ in found.lint}}
    return tuple(sorted((by_rule[r] for r in said if r in by_rule), key=lambda f: (f.start, f.end)))


def decide_labels(
    head: str, labels: Iterable[L], beliefs: Mapping[L, float], view: ModelView | None, rules: Thresholds
) -> tuple[L, ...]:
    """The labels of a head, each on its own, whose belief reaches its border."""
    probs = view.heads.get(head) if view else None
    chosen = []
    for label in labels:
        p = beliefs.get(label, 0.0)
        if probs is not None:
            nudge = rules.nudge.get(f"{head}.{label}", rules.nudge.get(head, 0.0))
            p = _logistic(_odds(probs.get(label, 0.0)) + (nudge if p >= RULE_SPEAKS else 0.0))
        if p >= rules.decide.get(f"{head}.{label}", rules.decide.get(head, 0.5)):
            chosen.append(label)
    return tuple(chosen)


def _log(p: float) -> float:
    return math.log(max(p, 1e-9))


def _odds(p: float) -> float:
    held = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(held / (1 - held))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
