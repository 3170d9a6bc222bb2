"""The command line. Reads options, calls the service, shows what came back; rules live elsewhere."""

from plugin.cli.main import main

__all__ = ["main"]
