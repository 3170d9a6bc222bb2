"""What of us is to be seen inside Nextcloud while we are enabled there: put up, and taken away again."""

from __future__ import annotations

from connectors.nextcloud.ex_app import MenuEntry, NextcloudExApp, Notice, OccCommand, Switch
from network.settings import Settings
from network.text import Text

PAGE = "netzwerk"
NOTICE = "digitalnetzwerk"
COMMAND = "digitalnetzwerk:sync"
HANDLER = "occ/sync"

LABEL = Text("Netzwerk", "Network")


def entry(settings: Settings) -> MenuEntry:
    """Icon and script are files of our pages."""
    return MenuEntry(PAGE, LABEL.language(settings.network.language), "static/top-bar.svg", "static/embed")


def notice(settings: Settings, address: str, state: Text) -> Notice:
    """Where the service runs and how it is, for the administrators of the Nextcloud."""
    words = Text(
        f"Dienst: {address}. {state.de} Geändert wird daran nichts hier, sondern in der Konfiguration des Dienstes.",
        f"Service: {address}. {state.en} Nothing of it is changed here, but in the configuration of the service.",
    )
    link = f"{settings.nextcloud.url}/index.php/apps/app_api/embedded/digitalnetzwerk/{PAGE}"
    language = settings.network.language
    return Notice(NOTICE, f"Digitalnetzwerk – {settings.network.name}", words.language(language), link)


def command(settings: Settings) -> OccCommand:
    language = settings.network.language
    words = Text("Gleicht das Netzwerk jetzt ab und sagt, was geschah", "Syncs the network now and tells what happened")
    verify = Text("Alles ansehen, auch was unverändert scheint", "Look at everything, also what seems unchanged")
    return OccCommand(COMMAND, words.language(language), HANDLER, (Switch("verify", verify.language(language)),))


def appear(ex_app: NextcloudExApp, settings: Settings, address: str, state: Text) -> None:
    """Nextcloud's top bar, its settings and its `occ` know us afterwards, however often this is done."""
    ex_app.show_entry(entry(settings))
    ex_app.show_notice(notice(settings, address, state))
    ex_app.offer_command(command(settings))


def disappear(ex_app: NextcloudExApp, settings: Settings) -> None:
    ex_app.withdraw_command(COMMAND)
    ex_app.hide_notice(NOTICE)
    ex_app.hide_entry(entry(settings))
