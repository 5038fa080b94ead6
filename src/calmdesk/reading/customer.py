"""What the rules find in a customer's message: heat, abuse, leverage, issue, acts."""

from __future__ import annotations

from calmdesk.content.rules import Metric, PhraseCue
from calmdesk.desk.reading import Abuse, Cue
from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, Issue, Leverage

from .abuse import find_abuse
from .evidence import AbuseSign, CustomerEvidence
from .phrases import Hit
from .rulebook import Key, RuleBook
from .surface import measure
from .text import Read

FLAGS = ("asks", "thanks", "apologises", "accepts", "declines")
#: How far after "he told me" the words are still somebody else's.
REPORTED = 10


def find_in_customer(read: Read, book: RuleBook) -> CustomerEvidence:
    """Everything the rules of the book find; nothing is decided yet."""
    hits = book.find_customer(read.sentences)
    found = CustomerEvidence(flags=dict.fromkeys(FLAGS, False))
    silenced = {
        (hit.key.id, hit.sentence) for hit in hits if isinstance(hit.key, Key) and hit.key.part == "unless"
    }
    reported = _reported(hits)
    for hit in hits:
        if not isinstance(hit.key, Key) or hit.key.kind != "cue" or hit.key.part == "unless":
            continue
        cue = book.cues[hit.key.id]
        if (hit.key.id, hit.sentence) in silenced or not _counts(read, hit, cue, reported, book):
            continue
        _take(found, read, hit, cue, hit.key)
    found.abuse.extend(find_abuse(read, hits, book))
    _measure(found, read, book)
    _heat_of_abuse(found)
    if any(
        sentence.mark == "?" and not all(t.quoted for t in sentence.tokens) for sentence in read.sentences
    ):
        found.flags["asks"] = True
    return found


def _reported(hits: list[Hit]) -> set[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    for hit in hits:
        if isinstance(hit.key, Key) and hit.key.id == "reporting":
            places.update((hit.sentence, place) for place in range(hit.last, hit.last + REPORTED))
    return places


def _counts(read: Read, hit: Hit, cue: PhraseCue, reported: set[tuple[int, int]], book: RuleBook) -> bool:
    tokens = read.sentences[hit.sentence].tokens
    if not cue.quoted and (tokens[hit.first].quoted or (hit.sentence, hit.first) in reported):
        return False
    if not cue.negated:
        negators = book.words.get("negators", frozenset())
        return not any(token.norm in negators for token in tokens[max(0, hit.first - 3) : hit.first])
    return True


def _take(found: CustomerEvidence, read: Read, hit: Hit, cue: PhraseCue, key: Key) -> None:
    tokens = read.sentences[hit.sentence].tokens
    start, end = tokens[hit.first].start, tokens[hit.last - 1].end
    weight = cue.weight * (0.5 if key.part == "hint" else 1.0)
    shown = Cue(cue.raises, start, end, read.text[start:end], cue.because, f"rule:{key.id}")
    family, _, rest = cue.raises.partition(".")
    if family == "heat":
        found.raise_heat(key.id, 1.0 if key.part == "sure" else 0.5)
    elif family == "issue":
        found.issue[Issue(rest)] = found.issue.get(Issue(rest), 0.0) + weight
    elif family == "leverage":
        found.leverage[Leverage(rest)] = found.leverage.get(Leverage(rest), 0.0) + weight
    elif family == "act":
        found.flags[rest] = True
    elif family == "abuse":
        kind, _, target = rest.partition(".")
        abuse = Abuse(AbuseKind(kind), AbuseTarget(target or "agent"))
        found.abuse.append(AbuseSign(abuse, weight, shown, direct=key.id.startswith("abuse.curse")))
        return
    if key.part == "sure" or family != "issue":
        found.cues.append(shown)


def _measure(found: CustomerEvidence, read: Read, book: RuleBook) -> None:
    values = measure(read, book.words.get("emphasised", frozenset()))
    for ident, rule in book.metrics.items():
        value, (start, end) = values[rule.metric]
        if value >= rule.at_least:
            found.raise_heat(ident)
            found.cues.append(
                Cue(rule.raises, start, end, read.text[start:end], rule.because, f"rule:{ident}")
            )
    found.heat["glad"] = min(2.0, values[Metric.GLAD_SIGNS][0])


def _heat_of_abuse(found: CustomerEvidence) -> None:
    for sign in found.abuse:
        kind, target = sign.abuse.kind, sign.abuse.target
        if kind is AbuseKind.NONE:
            found.raise_heat("abuse.contempt_for_thing")
        elif kind is AbuseKind.INSULT and target is AbuseTarget.CUSTOMER:
            found.raise_heat("abuse.self_blame")
        elif kind is AbuseKind.INSULT and not sign.direct:
            found.raise_heat(f"abuse.insult_{'other' if target is AbuseTarget.OTHER else 'indirect'}")
        elif kind is AbuseKind.INSULT:
            found.raise_heat("abuse.insult_direct", most=3.0)
        elif kind is AbuseKind.PROFANITY and (found.heat.get("heat.praise") or found.heat.get("glad")):
            # "This is bloody brilliant": swearing in praise carries no heat.
            found.raise_heat("abuse.profanity_in_praise")
        else:
            found.raise_heat(f"abuse.{kind}", most=3.0)
        if sign.abuse.kind is not AbuseKind.NONE or sign.abuse.target is AbuseTarget.THING:
            found.cues.append(sign.cue)
