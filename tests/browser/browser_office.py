"""A network with something on every page, its service on a real socket, and one person for each role."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser_programme import CONFIGURATION, another, programme
from flask import Flask
from journeys_town import WORKBOOK, Town, a_town
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from waitress.server import create_server

from network.text import Language
from plugin.jobs.errands import Errands
from plugin.running import Running
from plugin.sandbox import Sandbox
from plugin.web.app import create_app
from plugin.web.visitors import Role

CHROMIUM = shutil.which("chromium")

WIDE = 1280
PEOPLE: Mapping[Role, str] = {
    Role.STAFF: "anna.brakel",
    Role.TRAINING_OFFICE: "bernd.brakel",
    Role.COORDINATOR: "erika.kreis",
    Role.REVIEWER: "dora.nieheim",
    Role.NETWORK_ADMIN: "max.kreis",
}
LOCALES: Mapping[Language, str] = {"de": "de-DE", "en": "en-GB"}

SERVICE = """\
service:
  public_url: https://netz.probe.example
  login: {client_id: 'env:OAUTH_ID', client_secret: 'env:OAUTH_SECRET'}
"""


@dataclass
class Office:
    town: Town
    app: Flask
    running: Running
    url: str
    chromium: Browser
    logins: dict[Role, Any] = field(default_factory=dict)
    added: int = 0

    @property
    def errands(self) -> Errands:
        return Errands(self.running)

    @contextmanager
    def browser(
        self, role: Role | None, *, language: Language = "de", width: int = WIDE, script: bool = True
    ) -> Iterator[BrowserContext]:
        """A browser of its own; `role` has logged in, None is anybody."""
        context = self.chromium.new_context(
            base_url=self.url,
            locale=LOCALES[language],
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            storage_state=self.logins[role] if role else None,
        )
        yield context
        context.close()

    def plan_another(self) -> str:
        """The coordination enters one more training into its table; returns the title."""
        self.added += 1
        self.town.sandbox.put_file("digitalnetzwerk", WORKBOOK, programme(self.added), self.town.hour_ago())
        return another(self.added - 1)

    def take_out_calendar(self, role: Role, name: str = "Austausch OZG") -> None:
        """Somebody removes a calendar of ours from their own Nextcloud by accident, if it is there."""
        calendars = self.town.as_staff(PEOPLE[role]).calendars
        for each in calendars.calendars():
            if each.name.startswith(f"{name} ("):
                calendars.delete_calendar(each.href, purge=False)

    def log_in(self, role: Role, *, language: Language = "de", width: int = WIDE) -> Page:
        """As a person does: through Nextcloud's page, by keyboard."""
        viewport: ViewportSize = {"width": width, "height": 800}
        page = self.chromium.new_context(base_url=self.url, locale=LOCALES[language], viewport=viewport).new_page()
        page.goto("/")
        page.keyboard.press("Tab")
        page.keyboard.type(PEOPLE[role])
        page.keyboard.press("Tab")
        page.keyboard.type(f"sandbox-{PEOPLE[role]}")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.url}/")
        return page


@contextmanager
def an_office(chromium: Browser, folder: Path) -> Iterator[Office]:
    with a_town(Sandbox(), folder, CONFIGURATION) as town:
        town.sandbox.put_file("digitalnetzwerk", WORKBOOK, programme(), town.hour_ago())
        listening = socket.create_server(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        client = town.sandbox.world.oauth2.add_client("Netzwerk", f"{url}/login/back")
        town.swap("service:\n", SERVICE)
        environment = {**town.environment, "OAUTH_ID": client.id, "OAUTH_SECRET": client.secret}
        running = Running(town.config, environment=environment, clock=town.now)
        Errands(running).preview(PEOPLE[Role.NETWORK_ADMIN])
        Errands(running).go()  # everything is still to be made: a long preview
        town.apply()
        app = create_app(running)
        server = create_server(app, sockets=[listening], threads=4)
        threading.Thread(target=server.run, daemon=True).start()
        office = Office(town, app, running, url, chromium)
        office.take_out_calendar(Role.TRAINING_OFFICE)
        office.errands.run_now(PEOPLE[Role.NETWORK_ADMIN])
        office.errands.go()
        for role in PEOPLE:
            page = office.log_in(role)
            office.logins[role] = page.context.storage_state()
            page.context.close()
        yield office
        server.close()
        running.state.engine.dispose()
