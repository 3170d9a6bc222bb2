"""The state database: what we last wrote, what we were about to write, who may write now, and what happened.

Losing it costs a re-read, never a duplicate: everything in Nextcloud carries our mark. SQLite by default.
"""

from network.state.leases import Lease, Leases
from network.state.store import StateStore, open_state

__all__ = ["Lease", "Leases", "StateStore", "open_state"]
