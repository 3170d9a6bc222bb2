"""`check --online`: every right that the service account needs, tried without changing anything.

Each probe asks for something harmless, or for something that fails only after the rights were checked. What is
missing comes with the occ lines that give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from connectors.nextcloud import occ
from connectors.nextcloud.account import Account
from connectors.nextcloud.calendars import NextcloudCalendars
from connectors.nextcloud.directory import NextcloudDirectory
from connectors.nextcloud.faults import ConfirmationNeeded
from connectors.nextcloud.features import asked, features, may_share, version_of
from connectors.nextcloud.own_account import OwnAccount, OwnAccountSeen
from connectors.nextcloud.rights import Call, PrintedRights, Rights
from connectors.nextcloud.versions import NEWEST, OLDEST, Version
from connectors.nextcloud.wrapper import Wrapper
from network.errors import DigitalnetzwerkError, NotThere, Refused, RightMissing
from network.ports import Features
from network.text import Text

CALENDARS_AN_HOUR, CALENDARS_IN_ALL, SHARES_AN_HOUR = 10, 30, 20  # what a server allows as long as nobody changed it
HARMLESS_DELAY = 3_000  # milliseconds a request; Nextcloud forgets wrong logins after a day
DELEGATES = "digitalnetzwerk-dienst"


@dataclass(frozen=True, slots=True)
class Probe:
    """One right: whether it is there, a sentence, and the lines that would give it."""

    right: str
    ok: bool
    message: Text
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """What the configuration will ask of the server: calendars to make, sharing requests in the first run."""

    calendars: int = 0
    shares: int = 0
    people: bool = True
    teams: bool = True
    team_folders: bool = True
    rooms: bool = True
    writes_groups: bool = True
    writes_accounts: bool = False


@dataclass(frozen=True, slots=True)
class Probed:
    """What the probes look at."""

    account: Account
    wrapper: Wrapper
    own: OwnAccount
    calendars: NextcloudCalendars
    directory: NextcloudDirectory
    rights: Rights


def probes(server: Probed, need: Need) -> tuple[Probe, ...]:
    """All probes in the order in which a person would mend them; the first alone when even the login fails."""
    try:
        own = server.own.details()
    except DigitalnetzwerkError as error:
        return (_failed("login", error),)
    return tuple(_all(server, need, own))


def _all(server: Probed, need: Need, own: OwnAccountSeen) -> Iterator[Probe]:
    yield from _identity(server, own)
    yield from _safely("features", lambda: _offers(server, need))
    yield from _safely("calendars", lambda: _calendars(server, need))
    if need.people:
        yield from _safely("people", lambda: _people(server, _delegation(own, occ.delegate_people(DELEGATES))))
    if need.writes_groups:
        yield _privileged(
            server,
            "group_writes",
            lambda wrapper: wrapper.groups.create("", ""),
            Text("Gruppen und Mitgliedschaften ändern", "Change groups and memberships"),
            _delegation(own, occ.delegate_people(DELEGATES)),
        )
    if need.writes_accounts:
        yield _privileged(
            server,
            "account_writes",
            lambda wrapper: wrapper.accounts.create("", "", ""),
            Text("Konten anlegen und sperren", "Create and disable accounts"),
            _delegation(own, occ.delegate_people(DELEGATES)),
        )
    if need.team_folders:
        yield _privileged(
            server,
            "folder_writes",
            lambda wrapper: wrapper.folders.set_quota_of_group_folder(0, -3).raw,
            Text("Team-Ordner anlegen und ihre Rechte setzen", "Make Team folders and set their rights"),
            _delegation(own, occ.delegate_folders(DELEGATES)),
        )


def _identity(server: Probed, own: OwnAccountSeen) -> Iterator[Probe]:
    yield Probe("login", True, Text(f"Anmeldung als „{own.id}“", f'Login as "{own.id}"'))
    if own.id != server.account.username:
        message = Text(
            f"Die Kennung des Kontos ist „{own.id}“: bitte genau so unter „nextcloud.username“ eintragen",
            f'The account\'s id is "{own.id}": please put exactly that into "nextcloud.username"',
        )
        yield Probe("account_id", False, message)
    has_mail = bool(own.mail)
    yield Probe(
        "mail_address",
        has_mail,
        Text("Das Konto hat eine Mailadresse", "The account has a mail address")
        if has_mail
        else Text("Das Konto hat keine Mailadresse (nötig für Einladungen)", "The account has no mail address"),
        () if has_mail else (occ.occ("user:setting", own.id, "settings", "email", "digitalnetzwerk@IHRE-DOMAIN"),),
    )
    has_name = own.name not in ("", own.id)
    yield Probe(
        "display_name",
        has_name,
        Text(f"Anzeigename „{own.name}“", f'Display name "{own.name}"')
        if has_name
        else Text(
            f"Der Anzeigename ist „{own.name}“; er steht hinter jedem Kalendernamen und sollte freundlicher sein",
            f'The display name is "{own.name}"; it stands behind every calendar name and should be friendlier',
        ),
        () if has_name else (occ.occ("user:setting", own.id, "settings", "display_name", "Digitalnetzwerk"),),
    )


def _offers(server: Probed, need: Need) -> Iterator[Probe]:
    answer = asked(server.wrapper)
    offered = features(answer)
    yield from _version(version_of(answer))
    yield _brute_force(offered.brute_force_delay)
    yield from _apps(offered, need)
    sharing = may_share(answer)
    yield Probe(
        "sharing",
        sharing,
        Text("Freigaben sind eingeschaltet", "Sharing is switched on")
        if sharing
        else Text(
            "Freigaben sind ausgeschaltet: Kalender erreichen dann niemanden, ohne Fehlermeldung",
            "Sharing is switched off: calendars reach nobody then, without any error",
        ),
        () if sharing else (occ.occ("config:app:set", "core", "shareapi_enabled", "--value=yes"),),
    )


def _version(version: Version) -> Iterator[Probe]:
    said = Text(f"Nextcloud {version.text}", f"Nextcloud {version.text}")
    if not version.is_known:
        tried = f"{OLDEST}–{NEWEST}"
        said = Text(f"{said.de} ist nicht erprobt, nur {tried}", f"{said.en} was not tried, only {tried}")
    yield Probe("version", version.is_known, said)
    if version.is_known and not version.writes_silently:
        yield Probe(
            "silent_writes",
            True,
            Text(
                f"{said.de} lädt Gäste, die jemand von Hand zu einem Eintrag hinzugefügt hat, bei jeder Änderung "
                "neu ein",
                f"{said.en} invites guests whom somebody added to an entry by hand at every change anew",
            ),
        )


def _brute_force(delay: int) -> Probe:
    if delay == 0:
        return Probe("brute_force", True, Text("Keine Bremse wegen falscher Anmeldungen", "No delay for wrong logins"))
    if delay < HARMLESS_DELAY:
        passing = Text(
            f"Nextcloud bremst diese Adresse gerade um {delay} ms; das vergeht von selbst",
            f"Nextcloud slows this address down by {delay} ms at the moment; that passes by itself",
        )
        return Probe("brute_force", True, passing)
    message = Text(
        f"Nextcloud bremst diese Adresse um {delay} ms, weil von ihr abgewiesene Zugriffe kamen",
        f"Nextcloud slows this address down by {delay} ms, because refused requests came from it",
    )
    return Probe("brute_force", False, message, (occ.occ("security:bruteforce:reset", "ADRESSE-DIESES-RECHNERS"),))


def _calendars(server: Probed, need: Need) -> Iterator[Probe]:
    seen = server.calendars.calendars()
    version = version_of(asked(server.wrapper))
    answer = server.account.send("OPTIONS", server.calendars.home)
    offered = {each.strip() for each in answer.headers.get("DAV", "").split(",")}
    works = {"calendar-access", "oc-resource-sharing"} <= offered
    yield Probe(
        "calendars",
        works,
        Text("Kalender anlegen und freigeben", "Make and share calendars")
        if works
        else Text("Dieser Server bietet keine Kalender an", "This server offers no calendars"),
        () if works else (occ.occ("app:enable", "dav"),),
    )
    own = sum(1 for each in seen if each.is_own)
    yield _limit(
        "calendar_creation",
        need.calendars <= CALENDARS_AN_HOUR,
        Text(
            f"{need.calendars} Kalender sind anzulegen; üblich sind {CALENDARS_AN_HOUR} in der Stunde",
            f"{need.calendars} calendars are to be made; usual are {CALENDARS_AN_HOUR} an hour",
        ),
        "rateLimitCalendarCreation",
        max(100, need.calendars),
    )
    yield _limit(
        "calendar_number",
        own + need.calendars <= CALENDARS_IN_ALL,
        Text(
            f"{own} Kalender sind da, {need.calendars} kommen dazu; üblich sind {CALENDARS_IN_ALL} je Konto",
            f"{own} calendars are there, {need.calendars} are added; usual are {CALENDARS_IN_ALL} an account",
        ),
        "maximumCalendarsSubscriptions",
        -1,
    )
    yield _limit(
        "share_limit",
        need.shares <= SHARES_AN_HOUR or not version.limits_shares,
        Text(
            f"{need.shares} Freigaben im ersten Lauf; üblich sind {SHARES_AN_HOUR} in der Stunde",
            f"{need.shares} sharing requests in the first run; usual are {SHARES_AN_HOUR} an hour",
        ),
        "rateLimitShareAddressbookOrCalendar",
        max(100, need.shares),
    )


def _limit(right: str, ok: bool, message: Text, setting: str, value: int) -> Probe:
    """A limit that can't be read: what is needed against what is usual. Beyond it a run only takes longer."""
    command = occ.occ("config:app:set", "dav", setting, "--type=integer", f"--value={value}")
    return Probe(right, ok, message, () if ok else (command,))


def _apps(features: Features, need: Need) -> Iterator[Probe]:
    for right, wanted, there, app, name in (
        ("teams", need.teams, features.teams, "circles", "Teams"),
        ("team_folders", need.team_folders, features.team_folders, "groupfolders", "Team folders"),
        ("rooms", need.rooms, features.rooms, "spreed", "Talk"),
    ):
        if wanted:
            message = Text(f"App „{name}“ ist da", f'App "{name}" is there')
            if not there:
                message = Text(f"App „{name}“ fehlt", f'App "{name}" is missing')
            yield Probe(right, there, message, () if there else (occ.occ("app:install", app),))


def _people(server: Probed, lines: tuple[str, ...]) -> Iterator[Probe]:
    for right, read, message in (
        ("read_groups", server.directory.groups, Text("Gruppen lesen", "Read groups")),
        ("read_accounts", server.directory.accounts, Text("Konten lesen", "Read accounts")),
    ):
        try:
            read()
        except RightMissing:
            yield Probe(right, False, Text(f"{message.de} fehlt", f"{message.en}: missing"), lines)
        else:
            yield Probe(right, True, message)


def _privileged(server: Probed, right: str, call: Call, message: Text, lines: tuple[str, ...]) -> Probe:
    """A call that can't succeed: it fails for its arguments, if it gets past the rights."""
    if isinstance(server.rights, PrintedRights):
        return Probe(right, True, Text(f"{message.de}: als Befehle gedruckt", f"{message.en}: printed as commands"))
    try:
        server.rights.write(call)
    except (Refused, NotThere):
        return Probe(right, True, message)
    except ConfirmationNeeded as error:
        return Probe(right, False, Text(f"{message.de}: {error.message.de}", f"{message.en}: {error.message.en}"))
    except RightMissing:
        return Probe(right, False, Text(f"{message.de} fehlt", f"{message.en}: missing"), lines)
    except DigitalnetzwerkError as error:
        return _failed(right, error)
    return Probe(right, True, message)


def _delegation(own: OwnAccountSeen, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Rights are delegated to a group. Never to one that the account shares with people: they would get them too."""
    if DELEGATES in own.groups:
        return lines
    return (occ.create_group(DELEGATES, "Digitalnetzwerk Dienstkonto"), occ.add_member(DELEGATES, own.id), *lines)


def _safely(right: str, look: Callable[[], Iterator[Probe]]) -> tuple[Probe, ...]:
    try:
        return tuple(look())
    except DigitalnetzwerkError as error:
        return (_failed(right, error),)


def _failed(right: str, error: DigitalnetzwerkError) -> Probe:
    commands = error.commands if isinstance(error, RightMissing) else ()
    return Probe(right, False, error.message, commands)
