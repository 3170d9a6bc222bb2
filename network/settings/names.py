"""Names as the places that they end up in allow them: team, folder, group, account, colour, address.

Where a limit is Nextcloud's, it was measured there (34.0): teams take 3 to 127 characters; group ids with + or % can't
be addressed, longer ones than 64 are replaced by a hash; "/" in the name of a Team folder makes folders in folders.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from network.text import Text
from network.written.refusal import NotUnderstood, not_understood, shortened

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_ACCOUNT = re.compile(r"[A-Za-z0-9_.@'-][A-Za-z0-9 _.@'-]{0,63}", re.ASCII)
_MAIL = re.compile(r"[^\s@{}<>,;:\"()\[\]]+@(?:[\w-]+\.)*[\w-]+")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}", re.ASCII)
_BRACES = re.compile(r"\{[^}]*\}?|\}")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LONGEST_KEY = 50
_HIGHEST_PORT = 32767  # AppAPI's column for it is a small number, which PostgreSQL takes at its word
ADMINISTRATION = "{administration}"
_ARCHIVED = "Archiv – "  # what a folder's name begins with once it has left the configuration


def key(written: str) -> str:
    """The key of an entry: it becomes part of URIs and file names."""
    if _KEY.fullmatch(written) and len(written) <= _LONGEST_KEY:
        return written
    instead = slug(written)
    hint = Text(f", zum Beispiel {instead}", f", for example {instead}") if instead else Text("", "")
    raise NotUnderstood(
        Text(
            f"„{shortened(written)}“ ist kein Schlüssel; erlaubt sind höchstens {_LONGEST_KEY} Kleinbuchstaben a–z, "
            f"Ziffern und Bindestriche{hint.de}",
            f'"{shortened(written)}" is no key; allowed are at most {_LONGEST_KEY} lower-case letters a–z, '
            f"digits and hyphens{hint.en}",
        )
    )


def slug(written: str) -> str:
    """What a key for these words looks like; empty where no letter and no digit stands."""
    return re.sub(r"[^a-z0-9]+", "-", written.casefold().translate(_UMLAUTS)).strip("-")[:_LONGEST_KEY]


def line(written: str) -> str:
    """One line of text, 1 to 255 characters."""
    return _of_length(written, 1, 255)


def paragraph(written: str) -> str:
    """Text of any shape, at most 4000 characters."""
    if len(written) > 4000:
        raise NotUnderstood(Text("ist länger als 4000 Zeichen", "is longer than 4000 characters"))
    return written.strip()


def team(written: str) -> str:
    """The name of something that has a team. Nextcloud makes one space of several."""
    return _of_length(" ".join(written.split()) if written.isprintable() else written, 3, 127)


def folder(written: str) -> str:
    """The name of a Team folder, short enough to be archived under."""
    name = _of_length(written, 1, 127)
    if "/" in name or "\\" in name or name.startswith("."):
        raise NotUnderstood(
            Text(
                f"„{shortened(name)}“ ist kein Ordnername; „/“ und „\\“ sowie ein Punkt am Anfang sind nicht erlaubt",
                f'"{shortened(name)}" is no name for a folder; "/" and "\\", and a dot at the start, are not allowed',
            )
        )
    if same(name).startswith(same(_ARCHIVED)):
        raise NotUnderstood(
            Text(
                f"„{shortened(name)}“ beginnt mit „{_ARCHIVED.strip()}“: so heißen Ordner, "
                "die die Konfiguration verlassen haben",
                f'"{shortened(name)}" begins with "{_ARCHIVED.strip()}": that is what folders are called '
                "that left the configuration",
            )
        )
    room = 255 - len(_ARCHIVED.encode())
    if len(name.encode()) > room:
        raise NotUnderstood(
            Text(
                f"ist als Ordnername zu lang: {len(name.encode())} Bytes; erlaubt sind {room} "
                "(Umlaute zählen doppelt, Emoji vierfach)",
                f"is too long for a folder: {len(name.encode())} bytes; allowed are {room} "
                "(umlauts count twice, emoji four times)",
            )
        )
    return name


def same(name: str) -> str:
    """Equal for two names that a reader, or a file system somewhere, takes for one."""
    composed = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", " ".join(composed.split())).rstrip(" .")


def folder_path(written: str) -> str:
    """A path of folders below another one, without "/" at either end; {administration} may stand for a name."""
    parts = [part.strip() for part in written.strip().strip("/").split("/")]
    strange = [found for part in parts for found in _BRACES.findall(part) if found != ADMINISTRATION]
    if strange:
        raise NotUnderstood(
            Text(
                f"„{shortened(strange[0])}“ ist unbekannt; erlaubt ist nur {ADMINISTRATION}",
                f'"{shortened(strange[0])}" is unknown; only {ADMINISTRATION} is allowed',
            )
        )
    if "" in parts or written.count(ADMINISTRATION) > 1:
        raise not_understood(written, Text("kein Pfad", "no path"), f"Verwaltungen/{ADMINISTRATION}")
    return "/".join(folder(part) for part in parts)


def group(written: str) -> str:
    """The id of a Nextcloud group."""
    if written and len(written) <= 64 and not set(written) & set("+%") and written not in (".", ".."):
        return written
    raise NotUnderstood(
        Text(
            f"„{shortened(written)}“ ist keine brauchbare Gruppen-ID; erlaubt sind 1 bis 64 Zeichen ohne + und %",
            f'"{shortened(written)}" is no usable group id; allowed are 1 to 64 characters without + and %',
        )
    )


def account(written: str) -> str:
    """A Nextcloud user id."""
    if _ACCOUNT.fullmatch(written):
        return written
    raise NotUnderstood(
        Text(
            f"„{shortened(written)}“ ist kein Nextcloud-Konto; "
            "erlaubt sind höchstens 64 Zeichen: Buchstaben a–z, Ziffern und _ . @ - '",
            f'"{shortened(written)}" is no Nextcloud account; '
            "allowed are at most 64 characters: letters a–z, digits and _ . @ - '",
        )
    )


def mail(written: str) -> str:
    """A mail address; "{domain}" may stand for the domain of an administration."""
    if _MAIL.fullmatch(written.replace("{domain}", "domain.example")):
        return written
    raise not_understood(written, Text("keine Mailadresse", "no mail address"), "fortbildung@brakel.example")


def domain(written: str) -> str:
    """The part of mail addresses behind the @, in lower case."""
    if _DOMAIN.fullmatch(written):
        return written.casefold()
    raise not_understood(written, Text("keine Maildomain", "no mail domain"), "brakel.example")


def colour(written: str) -> str:
    """Red, green and blue in lower case: "#00679e"."""
    if _COLOUR.fullmatch(written):
        return written.casefold()
    raise not_understood(written, Text("keine Farbe", "no colour"), '"#00679e"')


def time_zone(written: str) -> ZoneInfo:
    """A zone of the IANA database."""
    try:
        if "/" in written or written == "UTC":
            return ZoneInfo(str(written))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise not_understood(written, Text("keine Zeitzone", "no time zone"), "Europe/Berlin")


def web_address(written: str) -> str:
    """An https or http address without login data, without "/" at its end."""
    try:
        parts = urlsplit(written)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in written):
        # The text may be a mixture with a password in it: it isn't repeated.
        raise NotUnderstood(
            Text(
                "keine Webadresse; erlaubt ist zum Beispiel: https://cloud.kreis.example",
                "no web address; allowed is for example: https://cloud.kreis.example",
            )
        )
    if "@" in parts.netloc:
        raise NotUnderstood(
            Text(
                "eine Adresse enthält nie Zugangsdaten; dafür gibt es username und password",
                "an address never holds a login; that is what username and password are for",
            )
        )
    return written.rstrip("/")


def encrypted(address: str, *, allow_http: bool) -> str:
    """`address` again. Plain http is refused for anything but this machine, unless it was allowed by name."""
    parts = urlsplit(address)
    if parts.scheme == "https" or allow_http or _is_this_machine(parts.hostname or ""):
        return address
    raise NotUnderstood(
        Text(
            "unverschlüsselt; erlaubt ist https:// (http:// nur mit „allow_http: true“ daneben)",
            'not encrypted; allowed is https:// (http:// only with "allow_http: true" beside it)',
        )
    )


def machine(address: str) -> str:
    """`address` again, which has to name a machine and its port and nothing else: Nextcloud appends its own paths."""
    parts = urlsplit(address)
    if parts.path or parts.query or parts.fragment or ":" in (parts.hostname or ""):
        raise NotUnderstood(
            Text(
                "Nextcloud ruft hier nur http(s)://RECHNER:PORT auf, ohne Pfad dahinter und ohne IPv6-Adresse; erlaubt "
                "ist zum Beispiel: http://10.0.0.5:8080",
                "Nextcloud calls http(s)://MACHINE:PORT alone here, without a path behind it and without an IPv6 "
                "address; allowed is for example: http://10.0.0.5:8080",
            )
        )
    if (parts.port or 0) > _HIGHEST_PORT:
        raise NotUnderstood(
            Text(
                f"Nextcloud kann sich keinen höheren Port als {_HIGHEST_PORT} merken; nehmen Sie zum Beispiel 8080",
                f"Nextcloud can't keep a port above {_HIGHEST_PORT}; take 8080, for example",
            )
        )
    return address


def is_private(host: str) -> bool:
    """Whether `host` is this machine, an address of a network of one's own, or a bare name in such a network."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or _is_this_machine(host)


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _of_length(written: str, least: int, most: int) -> str:
    name = unicodedata.normalize("NFC", written.strip())
    if "\n" in name or "\t" in name:
        raise NotUnderstood(Text("muss in einer Zeile stehen", "must stand in one line"))
    if least <= len(name) <= most:
        return name
    raise NotUnderstood(
        Text(
            f"„{shortened(name)}“ hat {len(name)} Zeichen; erlaubt sind {least} bis {most}",
            f'"{shortened(name)}" has {len(name)} characters; allowed are {least} to {most}',
        )
    )
