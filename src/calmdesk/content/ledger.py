"""The words of the ledger: news without news, owning up, the check-in; and the words that show a promise was kept."""

from __future__ import annotations

from .piece import Piece, Text


class LedgerFile(Piece):
    """`{lang}/ledger/words.yml`.

    A text is put together of sentences; each list holds ways to say one of them, with slots: `{about}` what the case
    is about, `{when}` the new time, `{due}` the time that was promised, `{name}`. `missed` and `next` go by the kind
    of promise. `kept` holds, by kind, regular expressions that speak of the act as done.
    """

    news: tuple[Text, ...]
    news_next: tuple[Text, ...]
    missed: dict[str, Text]
    sorry: tuple[Text, ...]
    next: dict[str, Text]
    check_in: tuple[Text, ...]
    about: dict[str, Text]
    order: Text
    today: Text
    tomorrow: Text
    yesterday: Text
    on_day: Text
    weekdays: tuple[Text, ...]
    months: tuple[Text, ...]
    kept: dict[str, tuple[Text, ...]]
