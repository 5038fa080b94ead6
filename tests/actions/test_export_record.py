"""A record as a file: both forms, both languages, the door."""

from __future__ import annotations

import pytest

from calmdesk.actions.export_record import ExportRecord, Form, export_record
from calmdesk.desk.errors import NotAllowed, NotFound
from calmdesk.desk.people import Viewer
from calmdesk.desk.vocabulary import Lang
from tests.cast import Cast


@pytest.mark.parametrize(("lang", "head"), [(Lang.EN, "## Situation"), (Lang.RU, "## Ситуация")])
def test_markdown_tells_every_part_and_says_what_is_open(cast: Cast, lang: Lang, head: str) -> None:
    talk = cast.conversation(text="My kettle *leaks* again, that is <b>awful</b>!")
    cast.answers(cast.alice, talk, "I'm sorry about the kettle. I'm sending a new one today.")
    text = export_record(
        ExportRecord(Viewer.staff(cast.alice), talk.id, lang, Form.MARKDOWN), cast.parts.services
    ).decode()
    assert head in text
    assert text.count("\n## ") == 4
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert {"en": "not confirmed", "ru": "не подтверждён"}[lang.value] in text


@pytest.mark.parametrize("lang", list(Lang))
def test_pdf_holds_the_letters_of_both_languages(cast: Cast, lang: Lang) -> None:
    talk = cast.conversation(text="Чайник опять протекает, ё-моё! 🙁")
    body = export_record(ExportRecord(Viewer.staff(cast.alice), talk.id, lang, Form.PDF), cast.parts.services)
    assert body.startswith(b"%PDF-")
    assert body.rstrip().endswith(b"%%EOF")
    assert len(body) < 200_000


def test_the_door_applies(cast: Cast) -> None:
    talk = cast.conversation(text="My kettle leaks.")
    for viewer, fault in ((Viewer.staff(cast.charlie), NotFound), (Viewer.visitor(cast.dana), NotAllowed)):
        with pytest.raises(fault):
            export_record(ExportRecord(viewer, talk.id, Lang.EN, Form.PDF), cast.parts.services)
