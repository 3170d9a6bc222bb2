"""WebDAV and CalDAV as every server speaks them; what a single server makes of it stands with that server."""
