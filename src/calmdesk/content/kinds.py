"""The one table of what may stand in a pack: a path's pattern, and the model its file must satisfy.

To add a kind of content, write its model (a `Piece`) and one line here. In a pattern `{lang}` is a language,
`{name}` and `{group}` are lower-case words. `plain` reads a file that is no YAML. A kind is `paired` when every
language must have the same files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from calmdesk.desk.vocabulary import Lang

from .ledger import LedgerFile
from .method import (
    CoachPolicy,
    HintsFile,
    LadderFile,
    MissingFile,
    OpeningsFile,
    RecordFile,
    RewriteFile,
    SignalsFile,
    SituationsFile,
    StepsFile,
)
from .models import Lexicon, PackFile, SourcesFile, read_lexicon
from .piece import Piece
from .rules import Cue, LintFile, MoveFile, Thresholds
from .scene import Scene


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file. `model` is a `Piece` or a union of pieces told apart by a field."""

    name: str
    pattern: str
    model: Any
    plain: Callable[[str], Piece] | None = None
    paired: bool = True


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind("pack", "pack.yml", PackFile, paired=False),
    FileKind("sources", "sources.yml", SourcesFile, paired=False),
    FileKind("lexicon", "{lang}/lexicons/{name}.txt", Lexicon, plain=read_lexicon, paired=False),
    FileKind("cue", "{lang}/cues/{group}/{name}.yml", Cue),
    FileKind("lint", "{lang}/lint/{name}.yml", LintFile),
    FileKind("move", "{lang}/moves/{name}.yml", MoveFile),
    FileKind("thresholds", "{lang}/thresholds.yml", Thresholds),
    FileKind("coach", "coach.yml", CoachPolicy),
    FileKind("steps", "{lang}/method/steps.yml", StepsFile),
    FileKind("situations", "{lang}/method/situations.yml", SituationsFile),
    FileKind("signals", "{lang}/method/signals.yml", SignalsFile),
    FileKind("missing", "{lang}/method/missing.yml", MissingFile),
    FileKind("openings", "{lang}/openings/{name}.yml", OpeningsFile),
    FileKind("hints", "{lang}/hints/{name}.yml", HintsFile),
    FileKind("ladder", "{lang}/ladder/ladder.yml", LadderFile),
    FileKind("record", "{lang}/record/star.yml", RecordFile),
    FileKind("ledger", "{lang}/ledger/words.yml", LedgerFile),
    FileKind("rewrites", "{lang}/rewrites/{name}.yml", RewriteFile),
    FileKind("scene", "{lang}/scenes/{name}.yml", Scene),
)

_SLOTS = {
    "lang": f"(?P<lang>{'|'.join(Lang)})",
    "name": "(?P<name>[a-z0-9_]+)",
    "group": "(?P<group>[a-z0-9_]+)",
}


def _regex(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", pattern)
    return re.compile("".join(_SLOTS[part] if odd % 2 else re.escape(part) for odd, part in enumerate(parts)))


_COMPILED = tuple((kind, _regex(kind.pattern)) for kind in FILE_KINDS)


def match(path: str) -> tuple[FileKind, Lang | None, str] | None:
    """The kind, language and id of a path inside a pack; None where nothing matches."""
    for kind, regex in _COMPILED:
        found = regex.fullmatch(path)
        if found:
            lang = Lang(found["lang"]) if "{lang}" in kind.pattern else None
            inner = path.removeprefix(f"{lang}/") if lang else path
            return kind, lang, inner.rsplit(".", 1)[0]
    return None
