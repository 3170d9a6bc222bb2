"""Dates as pages of trainings write them, in the language of the page."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, get_day_names
from flask import Blueprint, g

from network.text import Language
from plugin.month import Month


def hang_in(pages: Blueprint) -> None:
    """Gives the templates of all pages the filters of this module, each by its name."""
    for each in (long_day, short_day, month_name, weekdays, stamp_day):
        pages.add_app_template_filter(each)


def long_day(day: date) -> str:
    """Dienstag, 8. Dezember 2026"""
    return written(day, "EEEE, d. MMMM y" if g.language == "de" else "EEEE, d MMMM y", g.language)


def short_day(day: date) -> str:
    """Di., 8. Dez."""
    return written(day, "EEE, d. MMM" if g.language == "de" else "EEE, d MMM", g.language)


def month_name(month: Month) -> str:
    """Dezember 2026"""
    return written(month.first, "LLLL y", g.language)


def weekdays(width: Literal["wide", "abbreviated"]) -> list[str]:
    """The names of the days, from Monday on."""
    names = get_day_names(width, context="stand-alone", locale=g.language)
    return [names[number] for number in range(7)]


def stamp_day(day: date) -> str:
    """8.12.2026"""
    return written(day, "d.M.y" if g.language == "de" else "d MMM y", g.language)


def written(day: date, pattern: str, language: Language) -> str:
    """The day (of a moment, its day) in the letters of Unicode's date patterns; worked out once."""
    return _written(day.year, day.month, day.day, pattern, language)


@lru_cache(maxsize=4096)
def _written(year: int, month: int, day: int, pattern: str, language: Language) -> str:
    return format_date(date(year, month, day), pattern, locale=language)
