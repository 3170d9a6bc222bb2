"""How often an address tried a secret that nobody has. Whoever has the right one is never kept out.

Bounded: of more addresses than `MOST`, those that were quiet the longest are forgotten.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
TRIES = 20
MOST = 10_000


class WrongTokens:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tried: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def count(self, address: str) -> bool:
        """Notes a wrong token; whether this address has tried too many within ten minutes."""
        key, now = _network(address), self._clock()
        with self._lock:
            since, tries = self._tried.pop(key, (now, 0))
            if now - since >= WINDOW:
                since, tries = now, 0
            self._tried[key] = since, tries + 1
            if len(self._tried) > MOST:
                self._tried.popitem(last=False)
        return tries >= TRIES

    def __len__(self) -> int:
        return len(self._tried)


def _network(address: str) -> str:
    """Of IPv6 the first half: everybody has all of the other one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
