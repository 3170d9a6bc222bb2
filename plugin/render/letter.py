"""`check --online --letter`: a one-page order for the data centre: account, command, limit, why, how to undo.

German unless English is asked for, because that is whom it is for. A line that several orders need stands there once.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import fill

from connectors.nextcloud.probes import Probe
from network.settings import Settings
from network.text import Language, Text
from plugin.render.reasons import REASONS, Reason

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Order:
    """Commands that are given together, and the rights that they give."""

    probes: tuple[Probe, ...]
    commands: tuple[str, ...]


def letter(settings: Settings, probes: Sequence[Probe], language: Language = "de") -> str:
    """The whole page."""
    orders = tuple(_orders(probes))
    parts = [_opening(settings, language, is_order=bool(orders))]
    parts += [_order(number, order, language) for number, order in enumerate(orders, 1)]
    return "\n\n".join((*parts, _closing(settings, language)))


def _orders(probes: Sequence[Probe]) -> Iterator[Order]:
    """Rights with equal commands are one order; what stands in an order before is not ordered again."""
    needed = sorted((probe for probe in probes if not probe.ok and probe.commands), key=lambda each: each.commands)
    merged = [tuple(same) for _, same in groupby(needed, key=lambda each: each.commands)]
    ordered: set[str] = set()
    for same in sorted(merged, key=lambda each: probes.index(each[0])):
        yield Order(same, tuple(command for command in same[0].commands if command not in ordered))
        ordered |= set(same[0].commands)


def _opening(settings: Settings, language: Language, *, is_order: bool) -> str:
    network, nextcloud = settings.network, settings.nextcloud
    please = Text(
        "Bitte führen Sie auf dem Server als Benutzer des Webservers die folgenden Befehle aus.",
        "Please carry out the following commands on the server, as the user of the web server.",
    )
    nothing = Text("Es ist nichts zu tun: alle Rechte sind vorhanden.", "Nothing to do: all rights are there.")
    account = Text(
        f"Konto:     {nextcloud.username} (gewöhnliches Konto, kein Administrator)",
        f"Account:   {nextcloud.username} (an ordinary account, no administrator)",
    )
    title = Text("Auftrag an das Rechenzentrum", "Order for the data centre").language(language)
    lines = (
        *(title, f"{network.name}, {network.contact.name}", "", f"Nextcloud: {nextcloud.url}"),
        *(account.language(language), "", (please if is_order else nothing).language(language)),
    )
    return "\n".join(lines)


def _order(number: int, order: Order, language: Language) -> str:
    what = "; ".join(dict.fromkeys(probe.message.language(language) for probe in order.probes))
    lines = [_wrapped(f"{number}. {what}"), *(f"     {command}" for command in order.commands)]
    reasons = _reasons(order)
    for title, said in (
        (Text("Warum", "Why"), [reason.why for reason in reasons]),
        (Text("Grenze", "Limit"), [reason.limit for reason in reasons]),
    ):
        lines += [_wrapped(f"   {title.language(language)}: {each.language(language)}") for each in dict.fromkeys(said)]
    back = tuple(undo(order.commands))
    if back:
        lines += [f"   {Text('Rückgängig', 'Undo').language(language)}:", *(f"     {command}" for command in back)]
    return "\n".join(lines)


def _reasons(order: Order) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(REASONS[probe.right] for probe in order.probes if probe.right in REASONS))


def _wrapped(words: str) -> str:
    return fill(words, WIDTH, subsequent_indent="     ", break_long_words=False, break_on_hyphens=False)


def undo(commands: Sequence[str]) -> Iterator[str]:
    """The lines that take back what `commands` gave, the last first. What can't be taken back has none."""
    split = [shlex.split(command) for command in commands]
    made = {words[-1] for words in split if words[1] == "group:add"}
    for words in reversed(split):
        match words:
            case [occ, "group:add", *_, group]:
                yield shlex.join((occ, "group:delete", group))
            case [occ, "group:adduser", group, account] if group not in made:
                yield shlex.join((occ, "group:removeuser", group, account))
            case [occ, "admin-delegation:add", *rest]:
                yield shlex.join((occ, "admin-delegation:remove", *rest))
            case [occ, "config:app:set", app, setting, "--value=yes"]:
                yield shlex.join((occ, "config:app:set", app, setting, "--value=no"))
            case [occ, "config:app:set", app, setting, *_]:
                yield shlex.join((occ, "config:app:delete", app, setting))
            case [occ, "app:install", app]:
                yield shlex.join((occ, "app:disable", app))
            case [occ, "user:setting", account, "settings", "email", _]:
                yield shlex.join((occ, "user:setting", account, "settings", "email", "--delete"))
            case [occ, "user:setting", account, "settings", "display_name", _]:
                yield shlex.join((occ, "user:setting", account, "settings", "display_name", account))


def _closing(settings: Settings, language: Language) -> str:
    contact = settings.network.contact
    phone = f", {Text('Telefon', 'phone').language(language)} {contact.phone}" if contact.phone else ""
    return f"{Text('Rückfragen', 'Questions').language(language)}: {contact.name}, {contact.mail}{phone}"
