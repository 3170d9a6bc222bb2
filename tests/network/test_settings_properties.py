"""Whatever somebody writes: it loads, or every problem is a sentence with a place."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from network.errors import ConfigurationError
from network.settings import Loaded, load

WHOLE = """\
network: {id: kreis, name: Netzwerk Kreis, timezone: Europe/Berlin, contact: {name: Büro, mail: b@kreis.example}}
nextcloud: {url: https://cloud.kreis.example, username: dienst, password: env:NEXTCLOUD_PASSWORD}
administration_defaults:
  contacts: {it: "it@{domain}"}
administrations:
  brakel: {name: Stadt Brakel, group: brakel, mail_domains: [brakel.example]}
connectors:
  plan: {type: table, location: plan.xlsx, columns: {key: Nr., title: Titel}, missing: {after: 2 days}}
calendars:
  schulungen: {name: Schulungen, from: [plan], share: [{administrations: all}, {topic: ozg}]}
exchange_groups:
  ozg: {name: Austausch OZG, lead: [max], meetings: {every: first tuesday, at: 10:00, length: 2 hours}}
projects:
  ozg: {name: Projekt OZG, quota: 5 GB, until: 2027-12-31, access: {read: none, edit: {people: [max]}}}
school_holidays:
  - {name: Weihnachten, from: 2026-12-23, to: 2027-01-06}
limits: {entries_lost: {more_than: 30%, or_at_least: 3}}
admin_rights: {username: admin, password: file:geheim}
"""
CHARACTERS = st.sampled_from([*"{}[]:,-#&*!|>'\"%@`\\\n \t\0\x85\u2028äa1~?<=", "\ud800", "<<: ", "\n  ", "- ", "null"])
VALUES = st.recursive(
    st.sampled_from(
        ["x", "all", "none", "", "~", "1", "-1", "30%", "10:00", "env:X", "2027-02-30", "&a q", "*a", "💥"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(["name", "type", "key", "people", "x"]), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        )
    ),
    max_leaves=6,
)


def loads_or_says_why(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "network.yaml")
        path.write_bytes(content)
        try:
            assert isinstance(load(path, today=date(2026, 11, 22)), Loaded)
        except ConfigurationError as refusal:
            assert refusal.problems
            for problem in refusal.problems:
                assert problem.where.startswith("network.yaml:")
                problem.line("de").encode(), problem.line("en").encode()


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(CHARACTERS).map("".join))
@example('"\\U99999999"')
@example("%YAML " + "9" * 5000 + ".1\n---\na: 1")
@example("[" * 5000)
@example("a: &a [*a]")
@example("&a a: {<<: *a}")
@example("? [a]\n: b")
@example("\ufeffnetwork: {}")
def test_any_text_loads_or_is_refused(text: str) -> None:
    loads_or_says_why(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_change_of_a_configuration_loads_or_is_refused(data: st.DataObject) -> None:
    lines = WHOLE.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    lines[number] = line[:start] + data.draw(VALUES | CHARACTERS) + line[end:]
    loads_or_says_why("\n".join(lines).encode("utf-8", "surrogatepass"))


SECTIONS = [line.partition(":")[0] for line in WHOLE.splitlines() if not line.startswith(" ")] + ["roles", "include"]
KEYS = st.sampled_from(["type", "share", "from", "members", "access", "file", "name", "columns", "contacts"])


def without(section: str) -> str:
    lines, kept = [], True
    for line in WHOLE.splitlines():
        kept = line.partition(":")[0] != section if not line.startswith(" ") else kept
        lines += [line] if kept else []
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SECTIONS), VALUES, st.none() | KEYS)
def test_any_value_of_a_section_loads_or_is_refused(section: str, value: str, key: str | None) -> None:
    entry = value if key is None else f"{{one: {{{key}: {value}}}, {key}: {value}}}"
    loads_or_says_why(f"{without(section)}\n{section}: {entry}".encode())


def test_the_configuration_that_is_changed_loads() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "network.yaml").write_text(WHOLE, encoding="utf-8")
        assert load(Path(folder), today=date(2026, 11, 22)).settings.projects["ozg"].access.read == ()
