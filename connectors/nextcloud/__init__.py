"""Nextcloud: the client and the ports of `network.ports` over it. The only code that knows how Nextcloud speaks.

`connect(...)` is the way in. Refuses to decide anything: what to write is the planners' business.
"""

from connectors.nextcloud.credential import ExAppScheme, Scheme
from connectors.nextcloud.pace import Clock
from connectors.nextcloud.probes import Need, Probe
from connectors.nextcloud.server import AdminLogin, NextcloudServer, PrintCommands, connect

__all__ = [
    "AdminLogin",
    "Clock",
    "ExAppScheme",
    "Need",
    "NextcloudServer",
    "PrintCommands",
    "Probe",
    "Scheme",
    "connect",
]
