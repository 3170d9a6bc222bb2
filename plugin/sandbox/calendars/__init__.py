"""Calendars of the sandbox: objects and their trash, shares, what each person sees, and CalDAV over all of it."""
