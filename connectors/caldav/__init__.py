"""Calendars that people keep by hand, on any CalDAV server or in the same Nextcloud, as a source of trainings."""
