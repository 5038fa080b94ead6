"""The examples inside rules are their tests: this says which of them do not behave.

The check runs the very path by which messages are read, so an example that passes here is read so on the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from calmdesk.content import Content, ContentError, Entry, Fault, load_content
from calmdesk.content.rules import LintFile, MetricCue, MoveFile, PhraseCue
from calmdesk.desk.vocabulary import Lang, Role

from .agent import find_in_agent
from .customer import find_in_customer
from .reader import Reader
from .rulebook import RuleBook
from .text import read_text

Rule = PhraseCue | MetricCue | LintFile | MoveFile


def check_all(extra_packs: Sequence[Path] = ()) -> list[Fault]:
    """Everything that is wrong with the core pack and a team's packs: form, ids, languages, examples."""
    try:
        content = load_content(extra_packs)
    except ContentError as error:
        return list(error.faults)
    return check_examples(content)


def check_examples(content: Content) -> list[Fault]:
    """A fault for each example that does not fire, or does not stay silent, as its rule says."""
    reader = Reader(content)
    faults: list[Fault] = []
    for entry in content.entries:
        rule = entry.value
        if entry.lang is None or not isinstance(rule, PhraseCue | MetricCue | LintFile | MoveFile):
            continue
        faults.extend(_check(entry, rule, reader, entry.lang))
    return faults


def _check(entry: Entry, rule: Rule, reader: Reader, lang: Lang) -> list[Fault]:
    book = reader.book(lang)
    faults = []
    for key, examples, wanted in (("fires_on", rule.fires_on, True), ("silent_on", rule.silent_on, False)):
        for number, example in enumerate(examples):
            if _fires(entry, rule, example, reader, book) is not wanted:
                said = "does not fire on" if wanted else "fires on"
                faults.append(entry.fault("E210", f"{entry.id} {said} {example!r}", (key, number)))
    return faults


def _fires(entry: Entry, rule: Rule, example: str, reader: Reader, book: RuleBook) -> bool:
    if isinstance(rule, LintFile):
        reading = reader.read(example, role=Role.AGENT, lang=book.lang)
        return any(finding.rule is rule.rule for finding in reading.lint)
    if isinstance(rule, MoveFile):
        return rule.move in find_in_agent(read_text(example, book.form), book).moves
    by = f"rule:{entry.id.removeprefix('cues/').replace('/', '.')}"
    found = find_in_customer(read_text(example, book.form), book)
    if rule.raises.startswith("act."):
        return found.flags[rule.raises.removeprefix("act.")]
    shown = [cue.by for cue in found.cues] + [sign.cue.by for sign in found.abuse]
    return by in shown or found.heat.get(by.removeprefix("rule:"), 0.0) > 0
