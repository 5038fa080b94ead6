"""The examples in every rule are its tests, and the check that runs them can fail."""

from __future__ import annotations

from pathlib import Path

from calmdesk.content import load_content
from calmdesk.reading.examples import check_all, check_examples


def test_every_example_of_the_core_pack_behaves() -> None:
    assert [str(fault) for fault in check_examples(load_content())] == []


def test_an_example_that_does_not_behave_is_named(tmp_path: Path) -> None:
    pack = tmp_path / "team"
    rule = pack / "en/cues/heat/tea.yml"
    rule.parent.mkdir(parents=True)
    (pack / "pack.yml").write_text("title: Team\nlicence: CC0-1.0\n", encoding="utf-8")
    text = (
        "kind: phrase\nraises: heat.tea\nbecause: Tea.\nsource: {doc: calmdesk}\nany_of: [cold tea]\n"
        "fires_on: [Cold tea again., Warm tea.]\nsilent_on: [No milk., Cold tea it is.]\n"
    )
    rule.write_text(text, encoding="utf-8")
    other = pack / "ru/cues/heat/tea.yml"
    other.parent.mkdir(parents=True)
    other.write_text(text.replace("Warm", "Cold").replace("Cold tea it is.", "Milk."), encoding="utf-8")
    shown = [str(fault) for fault in check_all([pack])]
    assert [line.split(": ")[1][:4] for line in shown] == ["E210", "E210"]
    assert "does not fire on 'Warm tea.'" in shown[0]
    assert "fires on 'Cold tea it is.'" in shown[1]
