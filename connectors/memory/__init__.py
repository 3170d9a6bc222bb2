"""Stand-ins that live in memory, for tests and previews: same ports, same quirks, no server."""
