"""Shows runs to people (text) and to machines (one JSON document). Decides nothing."""
