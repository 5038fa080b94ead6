"""The web application over real storage, driven without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from calmdesk.app.serve import application, make_web
from calmdesk.desk.people import Customer, Person
from calmdesk.web.context import Demo, Web
from tests.cast import PASSWORD, Cast


@dataclass
class Browser:
    """One browser: a client with its own cookies."""

    client: TestClient[Litestar]
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(
            path, headers={"accept": "text/html", **self.headers}, follow_redirects=False, **more
        )

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> Any:
        headers = {
            "x-csrftoken": self.client.cookies.get("calmdesk_form", ""),
            **self.headers,
            **more.pop("headers", {}),
        }
        return self.client.post(path, data=fields or {}, headers=headers, follow_redirects=False, **more)

    def sign_in(self, person: Person, password: str = PASSWORD) -> Browser:
        self.get("/sign-in")
        answer = self.post("/sign-in", {"email": person.email, "password": password})
        assert answer.status_code == 303, answer.text
        return self


@dataclass
class House:
    """The application and everybody around it."""

    app: Litestar
    web: Web
    cast: Cast
    _open: list[TestClient[Litestar]] = field(default_factory=list)

    def browser(self, person: Person | None = None) -> Browser:
        client: TestClient[Litestar] = TestClient(self.app, base_url="http://desk.example.org")
        client.__enter__()
        self._open.append(client)
        fresh = Browser(client)
        return fresh.sign_in(person) if person else fresh

    def widget(self, customer: Customer) -> Browser:
        fresh = self.browser()
        fresh.headers = {"authorization": f"Bearer {self.web.tokens.give(customer.desk_id, customer.id)}"}
        return fresh

    def close(self) -> None:
        for client in self._open:
            client.__exit__(None, None, None)


@pytest.fixture
def house(cast: Cast) -> Iterator[House]:
    """The application of the cast's desk, as a demo."""
    web = make_web(cast.parts, Demo())
    made = House(application(cast.parts, web), web, cast)
    yield made
    made.close()
