"""`check --online`: each right that the service account needs, whether it has it, and the exact line that gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.nextcloud.probes import Probe
from network.text import Language


def probes_text(probes: Sequence[Probe], language: Language) -> str:
    return "\n".join(_lines(probes, language))


def _lines(probes: Sequence[Probe], language: Language) -> Iterator[str]:
    for probe in probes:
        mark = "✓" if probe.ok else "✗"
        yield f"{mark} {probe.message.language(language)}"
        yield from (f"    {command}" for command in probe.commands)
    missing = sum(not probe.ok for probe in probes)
    yield ""
    if language == "de":
        yield "Alles da." if not missing else f"Es fehlt noch: {missing}. Als Auftrag drucken: check --online --letter"
    else:
        yield (
            "Everything is there."
            if not missing
            else f"Still missing: {missing}. Print as an order: check --online --letter"
        )


def probes_document(probes: Sequence[Probe], language: Language) -> list[dict[str, object]]:
    return [
        {
            "right": probe.right,
            "ok": probe.ok,
            "message": probe.message.language(language),
            "commands": list(probe.commands),
        }
        for probe in probes
    ]
