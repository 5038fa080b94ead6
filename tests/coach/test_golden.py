"""Golden conversations, read like transcripts: after each turn the right step comes first and no wrong one does."""

from __future__ import annotations

import pytest

from calmdesk.coach import Coach
from calmdesk.content.loader import Content
from calmdesk.desk.vocabulary import Lang
from calmdesk.reading.reader import Reader

from .stories import Story, opened, say, stories

ALL = [story for lang in Lang for story in stories(lang)]


@pytest.mark.parametrize("story", ALL, ids=lambda s: f"{s.lang.value}-{s.title}")
def test_story_is_coached_as_written(story: Story, coach: Coach) -> None:
    faults = []
    for number, state in enumerate(story.states()):
        wanted = story.expected.get(number)
        if wanted is None:
            continue
        advice = coach.advise(state, lang=story.lang)
        first = advice.next[0].value
        rung = advice.ladder.value if advice.ladder else None
        where = f"{number}: {state.turns[-1].text[:60]!r} ({coach.situation(state)})"
        if first not in wanted.any_of or first in wanted.never:
            faults.append(f"{where}: {first}, wanted one of {wanted.any_of}")
        if wanted.rung is not None and rung != wanted.rung:
            faults.append(f"{where}: on rung {rung}, wanted {wanted.rung}")
    assert not faults, "\n".join(faults)


def test_there_are_dozens_in_both_languages() -> None:
    checks = {lang: sum(len(s.expected) for s in ALL if s.lang is lang) for lang in Lang}
    assert all(count >= 40 for count in checks.values()), checks


def test_the_reader_reads_them_well_enough(content: Content, coach: Coach) -> None:
    """The same conversations read by the rules instead of by hand: most steps still come out right."""
    reader = Reader(content)
    right = wrong = checks = 0
    for story in ALL:
        state = opened(story.lang, story.channel)
        for number, (role, text, _) in enumerate(story.turns):
            state = say(state, role, text, reader.read(text, role=role, so_far=state, channel=story.channel))
            if (wanted := story.expected.get(number)) is not None:
                first = coach.advise(state, lang=story.lang).next[0].value
                checks += 1
                right += first in wanted.any_of
                wrong += first in wanted.never
    assert right / checks >= 0.85, right / checks
    assert wrong / checks <= 0.04, wrong / checks
