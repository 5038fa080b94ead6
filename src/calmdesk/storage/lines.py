"""What the inbox shows and sorts by, derived from a conversation. Pure, so that every storage gives the same."""

from __future__ import annotations

from datetime import UTC, datetime

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.ports import InboxLine
from calmdesk.desk.vocabulary import HeatBand, Status

#: How many characters of the last message a line shows.
LAST_WORDS = 200
#: Sorts after every real instant. Not datetime.max: a zone ahead of UTC must still be able to show it.
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
#: Sorts before every real instant.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

#: Where closed conversations stand in the queue.
CLOSED_QUEUE = 2 * len(HeatBand)


def line_of(state: Conversation) -> InboxLine:
    """The inbox line of a conversation. Its `safety` stands for a threat and for self-harm alike."""
    if state.opened_at is None:
        raise ValueError("a conversation that was never opened has no line")
    last = state.last_turn
    return InboxLine(
        conversation_id=state.id,
        customer_name=_kept(state.customer_name),
        channel=state.channel,
        lang=state.lang,
        status=state.status,
        band=state.band,
        heat=state.heat.level,
        last_words=_kept(" ".join((last.text if last else state.subject).split())[:LAST_WORDS]),
        last_by_customer=last.by_customer if last else True,
        last_at=last.at if last else state.opened_at,
        waiting_since=state.waiting_since,
        next_due=state.next_due,
        owner=state.owner,
        owner_name=_kept(state.owner_name),
        rung=state.ladder.rung,
        safety=state.ladder.safety or state.ladder.self_harm,
        issue=state.issue.value,
        seq=state.seq,
    )


def queue_of(line: InboxLine) -> int:
    """How soon a line is to be looked at, smallest first: safety, then the hotter band; closed ones last."""
    if line.status is Status.CLOSED:
        return CLOSED_QUEUE
    return (0 if line.safety else len(HeatBand)) + len(HeatBand) - 1 - line.band.rank


def waits_from(line: InboxLine) -> datetime:
    """Since when the customer waits, or NEVER."""
    return line.waiting_since or NEVER


def searchable(line: InboxLine, subject: str = "") -> str:
    """The words that a search looks through, folded."""
    return folded("\n".join((line.customer_name, subject, line.last_words)))


def folded(words: str) -> str:
    """Words as they are compared: case does not matter, nor whether somebody wrote the dots of ё."""
    return words.casefold().replace("ё", "е")


def _kept(words: str) -> str:
    # As a column keeps them, see types.Words.
    return words.replace("\0", "\ufffd")
