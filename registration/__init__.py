"""Seats, contingents, waiting lists, attendance, retention. Comes in a later piece: level 4 of the configuration is
checked by `network.settings` and otherwise left alone."""
