"""Calendar feeds (iCalendar) as a source of trainings."""
