"""Takes out of a feed, before anything of it is kept: who was invited, and when the feed was written.

The names of a provider's participants are none of our business, and a time that changes with every fetch would make
every event look new. Works on bytes, line by line; knows nothing else of iCalendar.
"""

from __future__ import annotations

import re

# A line with what is folded behind it (RFC 5545 section 3.1).
_NOT_KEPT = re.compile(rb"^(?:ATTENDEE|ORGANIZER|DTSTAMP)[;:][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n", re.I | re.M)


def stripped(feed: bytes) -> bytes:
    """The feed without these lines."""
    return _NOT_KEPT.sub(b"", feed)
