"""What pages show of things: small typed views, so that templates decide nothing but looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from calmdesk.actions.ledger_words import Draft, Proof
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import Event, MessagePosted, NoteWritten
from calmdesk.desk.heat import HeatPoint
from calmdesk.desk.people import Person
from calmdesk.desk.ports import Entry, InboxLine
from calmdesk.desk.promise import Promise
from calmdesk.desk.vocabulary import AbuseKind, Issue, Role
from calmdesk.web.marks import Mark, mark_up, marks_of


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: what decides how a fragment is rendered, and nothing else (it is the key of shared renders)."""

    lang: str
    zone: str
    masks: bool
    supervises: bool

    @classmethod
    def of(cls, person: Person, zone: str) -> Eyes:
        """The eyes of somebody who is signed in."""
        return cls(person.lang.value, zone, person.masks, person.role.value != "agent")


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the inbox. `words` is None where insults are masked for this agent."""

    line: InboxLine
    words: str | None
    percent: int
    rank: str


def line_view(line: InboxLine, eyes: Eyes) -> LineView:
    """The view of an inbox line; `rank` sorts lines as text, hottest and longest-waiting first."""
    insulted = line.rung is not None or line.safety
    waiting = line.waiting_since or datetime.max.replace(tzinfo=line.last_at.tzinfo)
    rank = (
        f"{0 if line.safety else 1}{3 - line.band.rank}{0 if line.waiting_since else 1}{waiting:%Y%m%d%H%M%S}"
    )
    return LineView(line, None if eyes.masks and insulted and line.last_by_customer else line.last_words,
                    round(100 * line.heat), rank)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryView:
    """One row of a timeline. `html` is the text of a message or note with its marks, already escaped."""

    seq: int
    kind: str
    at: datetime
    event: Event
    html: Markup
    css: str
    percent: int
    abused: bool
    marks: tuple[Mark, ...]


def entry_view(entry: Entry, eyes: Eyes) -> EntryView:
    """The view of a timeline entry."""
    event = entry.event
    html, css, percent, abused = Markup(""), event.kind, 0, False
    marks: tuple[Mark, ...] = ()
    if isinstance(event, MessagePosted):
        css = f"message {event.role.value}"
        if event.role is Role.CUSTOMER:
            marks = tuple(marks_of(event.reading.cues))
            percent = round(100 * event.reading.heat.score)
            abused = event.reading.abuse.kind is not AbuseKind.NONE
        html = mark_up(event.text, marks, eyes.masks)
    elif isinstance(event, NoteWritten):
        html = escape(event.text)
    return EntryView(entry.seq, event.kind, event.at, event, html, css, percent, abused, marks)


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One promise with what its row shows."""

    promise: Promise
    owner_name: str
    customer_name: str
    overdue: bool
    soon: bool
    draft: Draft | None = None
    proof: Proof | None = None


def curve_points(curve: tuple[HeatPoint, ...], width: int = 260, height: int = 56) -> str:
    """The heat curve as the points of an SVG polyline; a single message draws a short flat line."""
    if not curve:
        return ""
    step = width / max(1, len(curve) - 1)
    points = [
        (round(i * step, 1), round(height - 4 - p.level * (height - 8), 1)) for i, p in enumerate(curve)
    ]
    if len(points) == 1:
        points.append((24.0, points[0][1]))
    return " ".join(f"{x},{y}" for x, y in points)


def facts_of(conversation: Conversation) -> list[tuple[str, str]]:
    """The facts known so far, as (kind, value), customers' own first, newest of a kind last."""
    return [(fact.kind, fact.value) for fact in conversation.facts if fact.role is Role.CUSTOMER]


def issue_known(conversation: Conversation) -> bool:
    """Whether it is known what the trouble is about."""
    return conversation.issue not in (Issue.NONE, Issue.OTHER)
