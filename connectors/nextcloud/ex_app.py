"""What we show inside Nextcloud as a program that it knows (AppAPI): menu entry, script, settings form, occ command.

Everything may be shown twice and hidden twice. Only for a server that was connected to as an ExApp, for nobody.
"""

from __future__ import annotations

from collections.abc import Callable
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


class NextcloudExApp:
    def __init__(self, wrapper: Wrapper) -> None:
        self._calls = wrapper.ex_app

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


def _gone(remove: Callable[[], Response]) -> None:
    with suppress(NotThere):
        remove()
