"""The keeper's rounds: promises, outward messages, tidying.

Each round: 1. promises get their reminders, fall due, reach supervisors (`watch_promises`). 2. acts for later whose
time has come, and outbox rows of each topic with a sender, are claimed by a lease, carried out, then finished; a
failure is retried with growing pauses and set aside after `TRIES`. 3. once an hour old live rows are forgotten. A
keeper that dies between sending and finishing leaves the lease to expire: the row is sent again with the same key, so
senders must be idempotent by it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from calmdesk.actions.schedule import carry_out
from calmdesk.actions.services import Services
from calmdesk.actions.watch_promises import watch_promises
from calmdesk.desk.errors import StorageAway
from calmdesk.desk.ports import OutboxRow, Topic

#: Seconds between rounds, and for which a claimed row is leased.
PAUSE = 0.5
LEASE = 60.0
TRIES = 8
#: Rows that one claim takes, and claims of one topic in one round.
CLAIM = 50
CLAIMS = 20
KEEP_LIVE = timedelta(hours=24)
TIDY = timedelta(hours=1)

#: Carries one row out; raises to have it tried again.
Sender = Callable[[OutboxRow], None]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Keeper:
    """One worker. `senders` maps a topic to what carries its rows out; topics without one wait."""

    services: Services
    name: str
    senders: Mapping[Topic, Sender] = field(default_factory=dict)
    after_round: Callable[[], None] | None = None
    _tidied: datetime | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Rounds until `stop`. A database that is away is waited for; any other fault is logged and survived."""
        while not self._stop.wait(PAUSE):
            try:
                if self.round() and self.after_round is not None:
                    self.after_round()
            except StorageAway:
                log.warning("keeper: the database is away, trying again")
            except Exception as fault:
                log.exception("keeper: a round failed (%s)", type(fault).__name__)

    def stop(self) -> None:
        """Ends `run` after its current round."""
        self._stop.set()

    def round(self) -> int:
        """One round; how many things were done."""
        done = watch_promises(self.services)
        done += self._relay(Topic.SCHEDULE, lambda row: carry_out(row, self.services))
        for topic, send in self.senders.items():
            done += self._relay(topic, send)
        self._tidy()
        return done

    def _relay(self, topic: Topic, send: Sender) -> int:
        done = 0
        for _ in range(CLAIMS):
            now = self.services.clock()
            with self.services.units() as work:
                rows = work.outbox.claim(topic, now, self.name, lease=LEASE, limit=CLAIM)
                work.commit()
            for row in rows:
                self._carry_out(row, send)
            done += len(rows)
            if len(rows) < CLAIM:
                break
        return done

    def _carry_out(self, row: OutboxRow, send: Sender) -> None:
        try:
            send(row)
        except Exception as fault:
            log.warning("keeper: row %s of %s failed (%s)", row.id, row.topic, type(fault).__name__)
            self._give_back(row, type(fault).__name__)
            return
        with self.services.units() as work:
            work.outbox.finish(row.id, self.services.clock(), self.name)
            work.commit()

    def _give_back(self, row: OutboxRow, error: str) -> None:
        now = self.services.clock()
        retry_at = now + timedelta(seconds=2.0**row.attempts) if row.attempts < TRIES else None
        with self.services.units() as work:
            work.outbox.fail(row.id, now, self.name, error, retry_at=retry_at)
            work.commit()

    def _tidy(self) -> None:
        now = self.services.clock()
        if self._tidied is not None and abs(now - self._tidied) < TIDY:
            return
        self._tidied = now
        with self.services.units() as work:
            work.outbox.prune(now - KEEP_LIVE)
            work.commit()
