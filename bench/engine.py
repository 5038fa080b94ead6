"""Calmdesk as the benches ask it: in this process, in the form of `calmdesk read --jsonl`."""

from __future__ import annotations

from collections.abc import Sequence

from bench.supportcheck.cases import Answer
from bench.supportcheck.tools import EVERYTHING, Tool
from calmdesk.content import load_content
from calmdesk.desk.reading import Reading
from calmdesk.desk.vocabulary import Lang, Role
from calmdesk.reading import load_model
from calmdesk.reading.reader import Reader


class Calmdesk:
    """The product's reader."""

    def __init__(self, name: str, reader: Reader) -> None:
        self.name = name
        self.reader = reader
        self.tells = EVERYTHING
        self.langs = frozenset({"en", "ru"})

    def read(self, lines: Sequence[dict[str, str]]) -> list[Answer]:
        """Every line read by itself."""
        return [self.answer(line) for line in lines]

    def answer(self, line: dict[str, str]) -> Answer:
        """One line in the contract's form."""
        reading = self.reader.read(
            line["text"],
            role=Role(line["role"]),
            lang=Lang(line["lang"]) if line.get("lang") else None,
            context=line.get("context"),
        )
        return plain(reading)


def plain(reading: Reading) -> Answer:
    """The parts of a reading that are measured."""
    if reading.role is Role.CUSTOMER:
        return {
            "heat": {"band": str(reading.heat.band), "score": reading.heat.score},
            "abuse": {"kind": str(reading.abuse.kind), "target": str(reading.abuse.target)},
            "leverage": [str(x) for x in reading.leverage],
            "issue": str(reading.issue),
        }
    return {"lint": [{"rule": str(f.rule)} for f in reading.lint], "moves": [str(x) for x in reading.moves]}


def calmdesk_tools(rules_alone: bool = True) -> list[Tool]:
    """Calmdesk as it ships and, beside it, its rules without the model (only these when there are no weights)."""
    content = load_content()
    rules: Tool = Calmdesk("Calmdesk, rules alone", Reader(content, None))
    model = load_model()
    if model is None:
        print("No weights are at hand: Calmdesk is measured with its rules alone.")
        return [rules]
    whole: Tool = Calmdesk("Calmdesk", Reader(content, model))
    return [whole, rules] if rules_alone else [whole]
