"""Decides what has to change, as plain data. Reads nothing, writes nothing."""
