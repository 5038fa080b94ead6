"""The demo desk: made-up people, and scenes that play themselves until somebody takes over."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from calmdesk.actions.open_conversation import (
    OpenConversation,
    WelcomeCustomer,
    open_conversation,
    welcome_customer,
)
from calmdesk.actions.post_message import PostMessage, post_message
from calmdesk.app.build import Parts
from calmdesk.content.scene import Scene, SceneLine
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import DeskError
from calmdesk.desk.people import Person, Viewer
from calmdesk.desk.ports import Desk
from calmdesk.desk.vocabulary import Channel, Lang, PersonRole, Role, Status
from calmdesk.web.context import Demo

#: The demo's people: role, name, address, password, language. Made up; the demo listens on this machine only.
PEOPLE = (
    (PersonRole.AGENT, "Sam Okafor", "agent@example.org", "calm-waters-1", Lang.EN),
    (PersonRole.SUPERVISOR, "Vera Lindqvist", "lead@example.org", "calm-waters-2", Lang.EN),
    (PersonRole.ADMINISTRATOR, "Alex Moreau", "admin@example.org", "calm-waters-3", Lang.EN),
    (PersonRole.AGENT, "Марина Белова", "marina@example.org", "calm-waters-4", Lang.RU),
)
#: Seconds between the end of the scenes and their next performance; how often they are played.
INTERMISSION = 120.0
PERFORMANCES = 12

log = logging.getLogger(__name__)


def prepare(parts: Parts, demo: Demo) -> Desk:
    """Makes the demo's desk and people where they are missing, and tells the sign-in page their passwords."""
    services = parts.services
    with services.units() as work:
        desks = work.people.desks()
        desk = desks[0] if desks else Desk(
            id=services.new_id(), name="Fernway Home", lang=Lang.EN, zone="Europe/London",
            hours="Mon-Sun 08:00-22:00",
        )  # fmt: skip
        if not desks:
            work.people.add_desk(desk)
        for role, name, email, password, lang in PEOPLE:
            if work.people.sign_in(email) is None:
                person = Person(services.new_id(), desk.id, name, email, role, lang)
                work.people.add_person(person, services.hasher.hash(password))
        work.commit()
    demo.accounts = tuple((role.value, email, password) for role, _, email, password, _ in PEOPLE)
    return desk


@dataclass(slots=True)
class Player:
    """Plays the scenes of all languages side by side, slowly enough to follow."""

    parts: Parts
    demo: Demo
    desk: Desk
    changed: Callable[[], None]
    pace: float = 1.0
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Ends the show."""
        self._stop.set()

    def run(self) -> None:
        """All performances; each scene in a thread of its own."""
        for _ in range(PERFORMANCES):
            stages = [
                threading.Thread(target=self._perform, args=(scene, lang), daemon=True, name=f"scene-{lang}")
                for lang in Lang
                for scene in self.parts.services.content.of(Scene, lang)
            ]
            for stage in stages:
                stage.start()
            for stage in stages:
                stage.join()
            if self._wait(INTERMISSION):
                return

    def _perform(self, scene: Scene, lang: Lang) -> None:
        try:
            self.play(scene, lang)
        except DeskError as error:
            log.warning("demo: a scene ended early (%s)", error.code)

    def play(self, scene: Scene, lang: Lang) -> Conversation:
        """One scene, from the first word to the last; gives the state at its end."""
        services = self.parts.services
        system = Viewer.system(self.desk.id)
        customer = welcome_customer(
            WelcomeCustomer(self.desk.id, lang, scene.customer, scene.email), services
        )
        state = open_conversation(OpenConversation(system, customer.id, Channel.CHAT, lang), services)
        agent = self._agent(lang)
        for line in scene.lines:
            if self._wait(line.after):
                return state
            state = self._state(state.id)
            if self._taken(state, agent):
                return self._converse(scene, state.id, agent)
            if state.status is Status.CLOSED:
                return state
            state = self._say(state.id, line, agent)
        return state

    def _say(self, conversation_id: str, line: SceneLine, agent: Person) -> Conversation:
        system = Viewer.system(self.desk.id)
        author = agent.id if line.who == "agent" else None
        posted = post_message(
            PostMessage(system, conversation_id, line.say, author_id=author), self.parts.services
        )
        self.changed()
        return posted.conversation

    def _converse(self, scene: Scene, conversation_id: str, agent: Person) -> Conversation:
        """A person has taken over: the customer answers them, line by line, as long as there are lines."""
        for words in scene.if_taken:
            while True:
                if self._wait(4.0):
                    return self._state(conversation_id)
                state = self._state(conversation_id)
                last = state.last_turn
                if last is not None and last.role is Role.AGENT:
                    break
            if self._wait(6.0):
                return state
            self._say(conversation_id, SceneLine(who="customer", after=0, say=words), agent)
        return self._state(conversation_id)

    def _taken(self, state: Conversation, agent: Person) -> bool:
        return state.owner not in (None, agent.id)

    def _agent(self, lang: Lang) -> Person:
        email = "marina@example.org" if lang is Lang.RU else "agent@example.org"
        with self.parts.services.readers() as work:
            found = work.people.sign_in(email)
        if found is None:
            raise DeskError("The demo's people are missing.")
        return found[0]

    def _state(self, conversation_id: str) -> Conversation:
        with self.parts.services.readers() as work:
            return work.conversations.get(conversation_id, Viewer.system(self.desk.id))

    def _wait(self, seconds: float) -> bool:
        """Waits, longer while paused; whether the show is over."""
        left = seconds * self.pace
        while left > 0 or self.demo.paused:
            if self._stop.wait(min(0.25, max(left, 0.05))):
                return True
            if not self.demo.paused:
                left -= 0.25
        return self._stop.is_set()
