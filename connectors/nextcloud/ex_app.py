"""What we show inside Nextcloud as a program that it knows (AppAPI): menu entry, script, settings form, occ command.

Everything may be shown twice and hidden twice. Only for a server that was connected to as an ExApp, for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from requests import Response

from connectors.nextcloud.answers import data
from connectors.nextcloud.wrapper import Wrapper
from network.errors import NotThere


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry in the top bar, and the script that fills its page. Icon and script are addresses of the program."""

    name: str
    shown: str
    icon: str
    script: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A form among the administrator's settings that only tells something. `link` leads on."""

    name: str
    title: str
    words: str
    link: str
    section: str = "additional"


@dataclass(frozen=True, slots=True)
class Switch:
    """An option of a command that is given or not."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class OccCommand:
    """`handler` is an address of the program; what it answers is printed."""

    name: str
    words: str
    handler: str
    switches: tuple[Switch, ...] = ()


@dataclass(frozen=True, slots=True)
class Hook:
    """An event of the server (a class name), and which of them: a query over its fields."""

    event: str
    only: Mapping[str, object]


class NextcloudExApp:
    def __init__(self, wrapper: Wrapper) -> None:
        self._calls = wrapper.ex_app
        self._webhooks = wrapper.webhooks

    def report(self, progress: int, error: str = "") -> None:
        """How far the first start is (0 to 100). At 100 Nextcloud calls us back before this returns."""
        self._calls.report(progress, error)

    def is_enabled(self) -> bool:
        return data(self._calls.state()) in (1, True, "1")

    def show_entry(self, entry: MenuEntry) -> None:
        self._calls.add_menu_entry(entry.name, entry.shown, entry.icon)
        self._calls.add_script(entry.name, entry.script)

    def hide_entry(self, entry: MenuEntry) -> None:
        _gone(lambda: self._calls.remove_script(entry.name, entry.script))
        _gone(lambda: self._calls.remove_menu_entry(entry.name))

    def show_notice(self, notice: Notice) -> None:
        self._calls.add_form(
            {
                "id": notice.name,
                "priority": 10,
                "section_type": "admin",
                "section_id": notice.section,
                "title": notice.title,
                "description": notice.words,
                "doc_url": notice.link,
                "fields": [],
            }
        )

    def hide_notice(self, name: str) -> None:
        _gone(lambda: self._calls.remove_form(name))

    def offer_command(self, command: OccCommand) -> None:
        self._calls.add_command(
            {
                "name": command.name,
                "description": command.words,
                "hidden": 0,
                "arguments": [],
                "options": [
                    {"name": each.name, "shortcut": None, "mode": "none", "description": each.words}
                    for each in command.switches
                ],
                "usages": [],
                "execute_handler": command.handler,
            }
        )

    def withdraw_command(self, name: str) -> None:
        _gone(lambda: self._calls.remove_command(name))

    def listen(self, hooks: Sequence[Hook], uri: str, headers: Mapping[str, str]) -> None:
        """Exactly these events are sent to `uri` (an address of the program) from now on, with these headers.

        NotThere where the server lacks the app webhook_listeners.
        """
        self.stop_listening(uri)
        for hook in hooks:
            self._webhooks.add(
                {
                    "httpMethod": "POST",
                    "uri": uri,
                    "event": hook.event,
                    "eventFilter": dict(hook.only),
                    "userIdFilter": None,
                    "headers": {"Content-Type": "application/json"},
                    "authMethod": "header",
                    "authData": dict(headers),
                    "tokenNeeded": None,
                }
            )

    def stop_listening(self, uri: str) -> None:
        found = data(self._webhooks.known(uri))
        for number in [int(each["id"]) for each in found] if isinstance(found, list) else ():
            with suppress(NotThere):
                self._webhooks.remove(number)

    def notify(self, subject: str, message: str, link: str, key: str) -> None:
        """Among the notifications of whom we act as. `key` says what it is about."""
        self._calls.notify(
            {
                "object": "digitalnetzwerk",
                "object_id": key,
                "subject_type": "app_api_ex_app",
                "subject_params": {
                    "rich_subject": subject,
                    "rich_subject_params": [],
                    "rich_message": message,
                    "rich_message_params": [],
                    "link": link,
                },
            }
        )


def _gone(remove: Callable[[], Response]) -> None:
    with suppress(NotThere):
        remove()
