"""The embedded Nextcloud stand-in: one WSGI program on 127.0.0.1 that behaves as the server was measured to behave."""

from plugin.sandbox.sandbox import Login, Sandbox, run

__all__ = ["Login", "Sandbox", "run"]
