"""Russian: its time expressions and its grammar of promises."""

from .cues import SEAMS
from .grammar import first_person, judge, noun_kind, tag_question
from .time_rules import mentions

__all__ = ["SEAMS", "first_person", "judge", "mentions", "noun_kind", "tag_question"]
