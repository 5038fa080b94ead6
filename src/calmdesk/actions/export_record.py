"""A case's record as a file: Markdown for any editor, PDF for the archive. The door applies as on the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from calmdesk.actions.close_conversation import DraftRecord, draft_record
from calmdesk.actions.services import Services
from calmdesk.desk.events import MessagePosted
from calmdesk.desk.people import Viewer
from calmdesk.desk.record import Part, Record
from calmdesk.desk.vocabulary import Lang


class Form(StrEnum):
    """The form of the file."""

    MARKDOWN = "md"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """Wanted: the record of a conversation as a file, in this language."""

    viewer: Viewer
    conversation_id: str
    lang: Lang
    form: Form


@dataclass(frozen=True, slots=True)
class Told:
    """A record made ready for reading: heading, standing, and each part with its lines and their sources."""

    title: str
    about: tuple[str, ...]
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


_WORDS = {
    Lang.EN: {
        "title": "Record of a case", "customer": "Customer", "someone": "a customer", "opened": "Opened",
        "open": "Result not confirmed: the case stays open.", "confirmed": "The customer confirmed the result.",
        "signed": "Signed by {name}, {when}", "draft": "Draft, not signed", "cites": "from", "empty": "Nothing yet.",
        "situation": "Situation", "task": "Task", "action": "Action", "result": "Result",
    },
    Lang.RU: {
        "title": "Запись о деле", "customer": "Клиент", "someone": "клиент", "opened": "Начато",
        "open": "Результат не подтверждён: дело остаётся открытым.", "confirmed": "Клиент подтвердил результат.",
        "signed": "Подписано: {name}, {when}", "draft": "Черновик, не подписан", "cites": "источник",
        "empty": "Пока ничего.", "situation": "Ситуация", "task": "Задача", "action": "Действия",
        "result": "Результат",
    },
}  # fmt: skip


def export_record(wanted: ExportRecord, services: Services) -> bytes:
    """The file's bytes. Raises NotFound, NotAllowed."""
    record = draft_record(DraftRecord(wanted.viewer, wanted.conversation_id, wanted.lang), services)
    with services.readers() as work:
        conversation = work.conversations.get(wanted.conversation_id, wanted.viewer)
        entries = work.conversations.timeline(wanted.conversation_id, wanted.viewer, limit=2000)
        names = {person.id: person.name for person in work.people.staff(wanted.viewer)}
        zone = ZoneInfo(work.people.desk(conversation.desk_id).zone)
    words = _WORDS[wanted.lang]

    def when(event: MessagePosted) -> str:
        return format_datetime(event.at.astimezone(zone), "d MMM y, HH:mm", locale=wanted.lang.value)

    cited = {
        e.event.message_id: f"{e.event.author_name or words['someone']}, {when(e.event)}"
        for e in entries
        if isinstance(e.event, MessagePosted)
    }
    about = [f"{words['customer']}: {conversation.customer_name or words['someone']}"]
    if conversation.opened_at is not None:
        opened = format_datetime(
            conversation.opened_at.astimezone(zone), "d MMM y, HH:mm", locale=wanted.lang.value
        )
        about.append(f"{words['opened']}: {opened}")
    about.append(_standing(record, words, names, zone, wanted.lang))
    about.append(words["confirmed" if record.verified else "open"])
    parts = tuple(
        (
            words[part.value],
            tuple(
                (line.text, "; ".join(cited[i] for i in line.cites if i in cited))
                for line in record.lines
                if line.part is part
            ),
        )
        for part in Part
    )
    told = Told(words["title"], tuple(about), parts)
    return pdf_of(told, wanted.lang) if wanted.form is Form.PDF else markdown_of(told, wanted.lang).encode()


def _standing(
    record: Record, words: dict[str, str], names: dict[str, str], zone: ZoneInfo, lang: Lang
) -> str:
    if record.signed_at is None:
        return words["draft"]
    signed = format_datetime(record.signed_at.astimezone(zone), "d MMM y, HH:mm", locale=lang.value)
    return words["signed"].format(name=names.get(record.signed_by, ""), when=signed)


def markdown_of(told: Told, lang: Lang) -> str:
    """The record as Markdown; words of people are escaped, so that they cannot become markup."""
    words = _WORDS[lang]
    lines = [f"# {told.title}", ""]
    lines += [f"- {_plain(one)}" for one in told.about]
    for name, rows in told.parts:
        lines += ["", f"## {name}", ""]
        lines += [
            f"- {_plain(text)}" + (f" *({words['cites']}: {_plain(cites)})*" if cites else "")
            for text, cites in rows
        ] or [words["empty"]]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    folded = " ".join(text.split())
    return "".join("\\" + ch if ch in r"\`*_[]<>#|" else ch for ch in folded)


def pdf_of(told: Told, lang: Lang) -> bytes:
    """The record as PDF, in a font that has Latin and Cyrillic letters."""
    words = _WORDS[lang]
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    fonts = files("calmdesk.web") / "fonts"
    pdf.add_font("Text", fname=str(fonts / "DejaVuSans.ttf"))
    pdf.set_title(told.title)
    pdf.set_lang(lang.value)
    pdf.set_auto_page_break(True, margin=18)
    pdf.add_page()

    def paragraph(text: str, size: float, grey: int = 0, gap: float = 1.5) -> None:
        pdf.set_font("Text", size=size)
        pdf.set_text_color(grey)
        pdf.multi_cell(0, size * 0.52, text, new_x="LMARGIN", new_y="NEXT", align="L")
        pdf.ln(gap)

    paragraph(told.title, 20, gap=3)
    for one in told.about:
        paragraph(one, 10, grey=70, gap=0.5)
    for name, rows in told.parts:
        pdf.ln(4)
        paragraph(name, 14)
        for text, cites in rows or ((words["empty"], ""),):
            paragraph(text, 11, gap=0.5)
            if cites:
                paragraph(f"{words['cites']}: {cites}", 8, grey=110, gap=2)
    return bytes(pdf.output())
