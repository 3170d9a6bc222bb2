"""Files of the sandbox: one tree of nodes, the mounts that make a person's view of it, and WebDAV over both."""
