"""The database goes away for a while: each page and the chat say so, and nothing is lost when it is back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calmdesk.app.serve import application
from calmdesk.desk.errors import StorageAway
from calmdesk.desk.ports import UnitOfWork
from tests.web.conftest import House

KEY = "key-00000001"


class Switch:
    """Units of work that can be made to fail."""

    def __init__(self, house: House) -> None:
        self.away = False
        self._units = house.cast.parts.services.units
        self._readers = house.cast.parts.services.readers

    def units(self) -> UnitOfWork:
        if self.away:
            raise StorageAway
        return self._units()

    def readers(self) -> UnitOfWork:
        if self.away:
            raise StorageAway
        return self._readers()


@pytest.fixture
def switch(house: House) -> Switch:
    made = Switch(house)
    services = replace(house.web.services, units=made.units, readers=made.readers)
    house.web = replace(house.web, services=services)
    house.app = application(house.cast.parts, house.web)
    return made


def test_the_chat_is_told_and_the_same_key_works_later(house: House, switch: Switch) -> None:
    dana = house.widget(house.cast.dana)
    body = {"text": "Where is it?", "key": KEY}
    switch.away = True
    refused = dana.client.post("/widget/messages", json=body, headers=dana.headers)
    assert refused.status_code == 503
    assert refused.json()["error"]["code"] == "storage_away"
    switch.away = False
    assert dana.client.post("/widget/messages", json=body, headers=dana.headers).status_code == 200
    assert len(dana.get("/widget/messages").json()["entries"]) >= 1


@pytest.mark.parametrize("path", ["/", "/promises", "/floor", "/c/none"])
def test_pages_say_so_and_do_not_crash(house: House, switch: Switch, path: str) -> None:
    browser = house.browser(house.cast.alice)
    switch.away = True
    answer = browser.get(path)
    assert answer.status_code == 503
    assert "database does not answer" in answer.text
    switch.away = False
    assert browser.get("/").status_code == 200


def test_health_tells_a_watcher(house: House, switch: Switch) -> None:
    browser = house.browser()
    assert browser.get("/health").status_code == 200
    switch.away = True
    assert browser.get("/health").status_code == 503
