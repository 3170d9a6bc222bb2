"""Values as people write them, in German and English: durations, sizes, percentages, dates, times, rhythms.

Each module reads one kind of value and refuses everything that it doesn't understand completely: nothing is guessed.
"""

from network.written.dates import clock_time, written_date
from network.written.durations import before, duration
from network.written.percentages import percentage
from network.written.refusal import NotUnderstood
from network.written.rhythms import Monthly, Rhythm, Weekly, rhythm
from network.written.sizes import size
from network.written.words import whole_number, yes_or_no

__all__ = [
    "Monthly",
    "NotUnderstood",
    "Rhythm",
    "Weekly",
    "before",
    "clock_time",
    "duration",
    "percentage",
    "rhythm",
    "size",
    "whole_number",
    "written_date",
    "yes_or_no",
]
