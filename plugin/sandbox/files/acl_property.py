"""The Team folders' advanced permissions as the WebDAV property `nc:acl-list`, read and written."""

from __future__ import annotations

from typing import Any

from wsgidav.xml_tools import etree  # type: ignore[attr-defined]  # lxml where it is installed

from plugin.sandbox.files.access import Rule

NC = "{http://nextcloud.org/ns}"


def read_rules(element: Any) -> tuple[Rule, ...]:
    """The rules in the element's children; an empty list clears."""
    return tuple(_rule(child) for child in element if child.tag == NC + "acl")


def rules_element(name: str, rules: tuple[Rule, ...]) -> Any:
    element = etree.Element(name)
    for rule in rules:
        row = etree.SubElement(element, NC + "acl")
        etree.SubElement(row, NC + "acl-mapping-type").text = rule.kind
        etree.SubElement(row, NC + "acl-mapping-id").text = rule.name
        etree.SubElement(row, NC + "acl-mapping-display-name").text = rule.name
        etree.SubElement(row, NC + "acl-mask").text = str(rule.mask)
        etree.SubElement(row, NC + "acl-permissions").text = str(rule.permissions)
    return element


def _rule(row: Any) -> Rule:
    def text(name: str) -> str:
        return row.findtext(NC + name) or ""

    return Rule(
        text("acl-mapping-type"),
        text("acl-mapping-id"),
        int(text("acl-mask") or 0),
        int(text("acl-permissions") or 0),
    )
