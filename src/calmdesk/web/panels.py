"""The fragments of the agent's pages. A page and the live stream render them by the same functions, so that what
is pushed equals what a fresh page shows, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from calmdesk.actions.ledger_words import Draft, Proof, draft_for, proof_for
from calmdesk.actions.rephrase import Use
from calmdesk.actions.services import office_of
from calmdesk.coach.advice import Advice
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.people import Person, Viewer
from calmdesk.desk.ports import Entry, InboxFilter, InboxLine, PromiseFilter, UnitOfWork
from calmdesk.desk.promise import LedgerPolicy, Promise
from calmdesk.desk.vocabulary import Lang, PromiseState
from calmdesk.web.context import Web
from calmdesk.web.views import (
    Eyes,
    PromiseView,
    curve_points,
    entry_view,
    facts_of,
    line_view,
)

OPEN = (PromiseState.MADE, PromiseState.DUE, PromiseState.BROKEN)


@dataclass(frozen=True, slots=True)
class Panels:
    """Renders fragments for one pair of eyes."""

    web: Web
    eyes: Eyes

    def _render(self, template: str, **context: object) -> str:
        return self.web.renderer.fragment(
            template, lang=Lang(self.eyes.lang), zone=self.eyes.zone, now=self.web.services.clock(),
            eyes=self.eyes, **context,
        )  # fmt: skip

    def line(self, line: InboxLine) -> str:
        """One line of the inbox."""
        return self._render("parts/line.html", view=line_view(line, self.eyes))

    def lines(self, lines: list[InboxLine]) -> list[str]:
        """Several lines."""
        return [self.line(line) for line in lines]

    def entry(self, entry: Entry) -> str:
        """One row of a timeline."""
        return self._render("parts/entry.html", view=entry_view(entry, self.eyes))

    def advice(self, conversation: Conversation) -> Advice:
        """The coach's advice for a conversation, in these eyes' language."""
        return self.web.services.coach.advise(
            conversation, lang=Lang(self.eyes.lang), now=self.web.services.clock()
        )

    def coach(self, conversation: Conversation, promises: list[PromiseView], earlier: list[InboxLine]) -> str:
        """The coach beside a conversation."""
        return self._render(
            "parts/coach.html", conversation=conversation, advice=self.advice(conversation),
            curve=curve_points(conversation.curve), facts=facts_of(conversation), promises=promises, earlier=earlier,
            drafts=[view.draft for view in promises if view.draft is not None],
            rephrases=self.web.phraser is not None and Use.OPENINGS in self.web.phraser.models,
        )  # fmt: skip

    def head(self, conversation: Conversation, staff: list[Person]) -> str:
        """The head of a conversation: who, where, whose."""
        return self._render("parts/head.html", conversation=conversation, staff=staff)

    def promise(self, view: PromiseView) -> str:
        """One row of the list of promises."""
        return self._render("parts/promise.html", view=view)


def coach_data(
    work: UnitOfWork, conversation_id: str, viewer: Viewer, web: Web
) -> tuple[Conversation, list[PromiseView], list[InboxLine]]:
    """What the coach's panel is made from. Raises NotFound."""
    conversation = work.conversations.get(conversation_id, viewer)
    promises = work.promises.listing(viewer, PromiseFilter(conversation_id=conversation_id), limit=30)
    views = promise_views(work, viewer, promises, web, drafts=True)
    earlier = [
        line for line in work.conversations.of_customer(conversation.customer_id, viewer, limit=4)
        if line.conversation_id != conversation_id
    ]  # fmt: skip
    return conversation, views, earlier[:2]


def promise_views(
    work: UnitOfWork, viewer: Viewer, promises: list[Promise], web: Web, *, drafts: bool = False
) -> list[PromiseView]:
    """The views of promises: names by two queries, however many there are; with `drafts` what could be written and
    what likely kept them (for promises of one conversation)."""
    now = web.services.clock()
    names = {person.id: person.name for person in work.people.staff(viewer)}
    customers: dict[str, str] = {}
    for promise in promises:
        if promise.conversation_id not in customers:
            customers[promise.conversation_id] = work.conversations.line(
                promise.conversation_id, viewer
            ).customer_name
    proposed = _proposals(work, viewer, promises, web) if drafts else {}
    return [
        PromiseView(
            promise, names.get(promise.owner_id or "", ""), customers[promise.conversation_id], promise.overdue(now),
            promise.due is not None and promise.open and promise.due <= now + timedelta(minutes=30),
            *proposed.get(promise.id, (None, None)),
        )
        for promise in promises
    ]  # fmt: skip


def _proposals(
    work: UnitOfWork, viewer: Viewer, promises: list[Promise], web: Web
) -> dict[str, tuple[Draft | None, Proof | None]]:
    """For each open promise of a conversation: what could be written about it, and what likely kept it."""
    owed = [promise for promise in promises if promise.open]
    if not owed:
        return {}
    conversation = work.conversations.get(owed[0].conversation_id, viewer)
    entries = work.conversations.timeline(conversation.id, viewer, limit=500)
    desk = work.people.desk(conversation.desk_id)
    content, now = web.services.content, web.services.clock()
    found: dict[str, tuple[Draft | None, Proof | None]] = {}
    for promise in owed:
        proof = proof_for(promise, entries, content)
        draft = None if proof else draft_for(
            promise, conversation, entries, content=content, office=office_of(desk),
            policy=LedgerPolicy.of(desk.settings), now=now,
        )  # fmt: skip
        found[promise.id] = (draft, proof)
    return found


def inbox_lines(work: UnitOfWork, viewer: Viewer, which: InboxFilter, limit: int = 100) -> list[InboxLine]:
    """The lines of the inbox that the viewer may see."""
    return work.conversations.inbox(viewer, which, limit=limit)
