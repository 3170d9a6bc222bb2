"""The pages: a Flask program over the running configuration. Refuses to decide anything that a command doesn't."""
