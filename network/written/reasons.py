"""Why the operating system refused a file, in words: the system itself says it in English alone, or as a number."""

from __future__ import annotations

import errno

from network.text import Text

_REASONS = {
    errno.ENOENT: "gibt es nicht",
    errno.EISDIR: "ist ein Ordner",
    errno.ENOTDIR: "kein Ordner auf dem Weg dorthin",
    errno.EACCES: "keine Berechtigung",
    errno.EPERM: "nicht erlaubt",
    errno.EROFS: "schreibgeschützt",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "das Speicherkontingent ist erschöpft",
    errno.EEXIST: "gibt es schon",
    errno.ENOTEMPTY: "der Ordner ist nicht leer",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.ELOOP: "Verweise im Kreis",
    errno.EIO: "Lesefehler des Datenträgers",
    errno.EBUSY: "wird gerade benutzt",
    errno.ETXTBSY: "wird gerade benutzt",
    errno.EMFILE: "zu viele offene Dateien",
    errno.ESTALE: "das Netzlaufwerk ist nicht mehr da",
    errno.ETIMEDOUT: "keine Antwort in der erlaubten Zeit",
}


def reason(error: OSError) -> Text:
    """The usual ones in both languages; a seldom one as the system words it."""
    english = error.strerror or type(error).__name__
    return Text(_REASONS.get(error.errno or 0, english), english)
