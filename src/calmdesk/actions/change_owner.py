"""A conversation goes into other hands; a note or whisper for colleagues."""

from __future__ import annotations

from dataclasses import dataclass

from calmdesk.actions.live import announce, tell
from calmdesk.actions.services import Services
from calmdesk.actions.words import clean_text
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import NotAllowed
from calmdesk.desk.events import Event, NoteWritten, OwnerChanged
from calmdesk.desk.people import Act, Viewer, may
from calmdesk.desk.ports import Audience


@dataclass(frozen=True, slots=True)
class ChangeOwner:
    """Wanted: the conversation belongs to `owner` (a person's id, "bot", or None for nobody)."""

    viewer: Viewer
    conversation_id: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Wanted: a note that only colleagues see; a whisper when it is `to` one of them."""

    viewer: Viewer
    conversation_id: str
    text: str
    to: str | None = None


def change_owner(wanted: ChangeOwner, services: Services) -> Conversation:
    """Hands the conversation over. Raises NotFound (also for a new owner of another desk), NotAllowed."""
    if not may(wanted.viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
    with services.units() as work:
        before = work.conversations.get(wanted.conversation_id, wanted.viewer, for_update=True)
        if before.owner == wanted.owner:
            return before
        name = ""
        if wanted.owner not in (None, "bot"):
            name = work.people.person(wanted.owner or "", wanted.viewer).name
        by = wanted.viewer.person_id or "system"
        events: list[Event] = [OwnerChanged(at=services.clock(), by=by, owner=wanted.owner, owner_name=name)]
        after = work.conversations.append(before, events)
        announce(work, before, after, events)
        work.commit()
    return after


def write_note(wanted: WriteNote, services: Services) -> Conversation:
    """Writes a note. Raises NotFound, NotAllowed, BadInput, TooLarge."""
    if not may(wanted.viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
    text = clean_text(wanted.text, what="note")
    with services.units() as work:
        before = work.conversations.get(wanted.conversation_id, wanted.viewer, for_update=True)
        author = work.people.person(wanted.viewer.person_id or "", wanted.viewer)
        if wanted.to is not None:
            work.people.person(wanted.to, wanted.viewer)
        note = NoteWritten(
            at=services.clock(), by=author.id, author_name=author.name, text=text, to=wanted.to
        )
        after = work.conversations.append(before, [note])
        announce(work, before, after, [note])
        if wanted.to is not None:
            tell(work, after, note, kind="whisper", key=f"whisper:{after.id}:{before.seq}",
                 audience=Audience.PERSON, person_id=wanted.to, payload={"seq": before.seq})  # fmt: skip
        work.commit()
    return after
