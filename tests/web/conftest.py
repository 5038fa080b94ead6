"""The web application over real storage, driven without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from calmdesk.app.serve import application, make_web
from calmdesk.desk.people import Customer, Person
from calmdesk.web.context import Demo, Web
from tests.cast import PASSWORD, Cast


@dataclass
class Browser:
    """One browser: its own cookies on the house's one client."""

    shared: TestClient[Litestar]
    headers: dict[str, str] = field(default_factory=dict)
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)

    @property
    def client(self) -> TestClient[Litestar]:
        """The client, holding this browser's cookies."""
        self.shared.cookies = self.cookies
        self.cookies = self.shared.cookies
        return self.shared

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(
            path, headers={"accept": "text/html", **self.headers}, follow_redirects=False, **more
        )

    def post(self, path: str, fields: dict[str, Any] | None = None, **more: Any) -> Any:
        client = self.client
        headers = {
            "x-csrftoken": client.cookies.get("calmdesk_form", ""),
            **self.headers,
            **more.pop("headers", {}),
        }
        return client.post(path, data=fields or {}, headers=headers, follow_redirects=False, **more)

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
    _client: TestClient[Litestar] | None = None

    def browser(self, person: Person | None = None) -> Browser:
        if self._client is None or self._client.app is not self.app:
            self.close()
            self._client = TestClient(self.app, base_url="http://desk.example.org")
            self._client.__enter__()
        fresh = Browser(self._client)
        return fresh.sign_in(person) if person else fresh

    def widget(self, customer: Customer) -> Browser:
        fresh = self.browser()
        fresh.headers = {"authorization": f"Bearer {self.web.tokens.give(customer.desk_id, customer.id)}"}
        return fresh

    def close(self) -> None:
        if self._client is not None:
            self._client.__exit__(None, None, None)
            self._client = None


@pytest.fixture
def house(cast: Cast) -> Iterator[House]:
    """The application of the cast's desk, as a demo."""
    web = make_web(cast.parts, Demo())
    made = House(application(cast.parts, web), web, cast)
    yield made
    made.close()
