"""Folders in `status`: how full, when changed last, when a project ends. The fullest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from network.text import Language, Text
from plugin.findings import FolderState

MOST = 8
_UNITS = ("B", "KB", "MB", "GB", "TB")


def folder_lines(folders: Sequence[FolderState], now: datetime, language: Language) -> Iterator[str]:
    if not folders:
        return
    seen = max(each.seen_at for each in folders).astimezone(now.tzinfo)
    total = size(sum(each.size for each in folders), language)
    heading = Text(
        f"Ordner (Stand {seen:%d.%m. %H:%M} Uhr, zusammen {total}):",
        f"Folders (as of {seen:%d.%m. %H:%M}, {total} in all):",
    )
    yield heading.language(language)
    ordered = sorted(folders, key=lambda each: (-each.share, -each.size, each.name))
    yield from (f"  {_folder(each, now, language)}" for each in ordered[:MOST])
    if len(ordered) > MOST:
        more = len(ordered) - MOST
        yield Text(f"  … und {more} weitere (alle: --json)", f"  … and {more} more (all: --json)").language(language)


def folder_rows(folders: Sequence[FolderState]) -> list[dict[str, object]]:
    """All of them, for programs. Never who changed something."""
    return [
        {
            "scope": each.scope,
            "name": each.name,
            "size": each.size,
            "quota": each.quota,
            "changed_at": each.changed_at.isoformat() if each.changed_at else None,
            "seen_at": each.seen_at.isoformat(),
            "until": each.until.isoformat() if each.until else None,
        }
        for each in folders
    ]


def size(number: int, language: Language) -> str:
    """As people write it: "1,2 GB". 1 GB is 1024 · 1024 · 1024 bytes, as Nextcloud counts."""
    value, unit = float(number), 0
    while value >= 1024 and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    written = f"{value:.1f}".removesuffix(".0") if unit else str(number)
    return f"{written.replace('.', ',') if language == 'de' else written} {_UNITS[unit]}"


def _folder(folder: FolderState, now: datetime, language: Language) -> str:
    parts = [_fill(folder, language)]
    if folder.changed_at is not None:
        day = folder.changed_at.astimezone(now.tzinfo)
        parts.append(Text(f"zuletzt geändert {day:%d.%m.%Y}", f"last change {day:%Y-%m-%d}").language(language))
    if folder.until is not None:
        parts.append(Text(f"Ende {folder.until:%d.%m.%Y}", f"ends {folder.until.isoformat()}").language(language))
    return f"{folder.name}: {', '.join(parts)}"


def _fill(folder: FolderState, language: Language) -> str:
    used = size(folder.size, language)
    if folder.quota is None:
        return used
    full = f"{used} {Text('von', 'of').language(language)} {size(folder.quota, language)}"
    return f"{full} ({folder.share:.0%})" if folder.share >= 0.005 else full
