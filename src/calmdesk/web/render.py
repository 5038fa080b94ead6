"""Jinja with autoescape everywhere, the interface's words in two languages, and the filters pages use.

Words live in `texts/<lang>.yml`: one flat list of keys, the same in every language. A missing word is an error,
never an empty space.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from babel.dates import format_date, format_time, format_timedelta
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from calmdesk.desk.vocabulary import Lang

#: The safe loader in C where the library has it: ten times as fast, and this is on the way to the first page.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Texts:
    """The interface's words in one language."""

    def __init__(self, lang: Lang, words: Mapping[str, str]) -> None:
        self.lang = lang
        self._words = dict(words)

    def __call__(self, key: str, /, **slots: object) -> str:
        """The words for a key with its slots filled. Raises KeyError for an unknown key or a missing slot."""
        return self._words[key].format(**slots) if slots else self._words[key]

    def has(self, key: str) -> bool:
        """Whether there are words for that key."""
        return key in self._words

    @property
    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._words)


def load_texts(lang: Lang) -> Texts:
    """Reads `texts/<lang>.yml`: nested names become dotted keys."""
    raw = resources.files("calmdesk.web").joinpath("texts", f"{lang.value}.yml").read_text(encoding="utf-8")
    return Texts(lang, dict(_flat(yaml.load(raw, Loader=_LOADER), "")))  # noqa: S506 - the safe loader, in C


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in tree.items():
        key = f"{prefix}{name}"
        found.extend(_flat(value, key + ".") if isinstance(value, Mapping) else [(key, str(value))])
    return found


class Renderer:
    """Renders templates in a language and a zone."""

    def __init__(self) -> None:
        self.texts = {lang: load_texts(lang) for lang in Lang}
        self._env = Environment(
            loader=PackageLoader("calmdesk.web", "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self._env.filters["multiply100"] = lambda level: round(100 * level)
        self._env.globals["version"] = _static_version()

    def render(
        self, template: str, *, lang: Lang, zone: str = "UTC", now: datetime, **context: object
    ) -> str:
        """The template's text. `t` is the words, `clock`, `day` and `ago` show instants in the desk's zone."""
        times = Times(lang, zone_of(zone), now)
        return self._env.get_template(template).render(
            t=self.texts[lang], lang=lang.value, clock=times.clock, day=times.day, ago=times.ago, left=times.left,
            now=now, **context,
        )  # fmt: skip

    def fragment(
        self, template: str, *, lang: Lang, zone: str = "UTC", now: datetime, **context: object
    ) -> Markup:
        """The same, marked as HTML."""
        return Markup(self.render(template, lang=lang, zone=zone, now=now, **context))  # noqa: S704 - autoescaped


def zone_of(name: str) -> ZoneInfo:
    """A zone by its name; UTC for one that this machine does not know, so that a page is never lost over it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


class Times:
    """Instants as people read them, in one language and zone."""

    def __init__(self, lang: Lang, zone: ZoneInfo, now: datetime) -> None:
        self._locale = {Lang.EN: "en_GB", Lang.RU: "ru_RU"}[lang]
        self._zone = zone
        self._now = now

    def clock(self, at: datetime) -> str:
        """`14:05`."""
        return format_time(at.astimezone(self._zone), "HH:mm", locale=self._locale)

    def day(self, at: datetime) -> str:
        """`14:05` today, else `3 Mar, 14:05`."""
        local = at.astimezone(self._zone)
        if local.date() == self._now.astimezone(self._zone).date():
            return self.clock(at)
        return f"{format_date(local.date(), 'd MMM', locale=self._locale)}, {self.clock(at)}"

    def ago(self, at: datetime) -> str:
        """`5 min`: how long ago, short."""
        return self._length((self._now - at).total_seconds())

    def left(self, at: datetime) -> str:
        """`25 min`: how long until, or since, without a sign."""
        return self._length(abs((at - self._now).total_seconds()))

    def _length(self, seconds: float) -> str:
        return format_timedelta(max(0, round(seconds)), format="short", threshold=1.2, locale=self._locale)


def _static_version() -> str:
    """A short mark of the static files' content, so that browsers fetch new ones after an upgrade."""
    digest = hashlib.sha256()
    root = resources.files("calmdesk.web").joinpath("static")
    for item in sorted(root.iterdir(), key=lambda i: i.name):
        if item.is_file():
            digest.update(item.read_bytes())
    return digest.hexdigest()[:12]
