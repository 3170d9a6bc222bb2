"""Advanced permissions of Team folders over WebDAV, where an app password is enough for whoever manages the folder.

The server says "done" also for teams that it doesn't know, and keeps silent about rules of others to those who don't
manage: what was written has to be read back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement  # writing only; reading is defusedxml's

from connectors.dav.xml import DAV, Resource, propfind, written
from connectors.nextcloud.dav_xml import multistatus
from connectors.nextcloud.files import NextcloudFiles, clean
from network.errors import Refused, RightMissing
from network.ports import Principal, PrincipalKind, Rule, RuledSeen
from network.text import Text

NC = "{http://nextcloud.org/ns}"  # files; calendars have another one
RULES, FILE_ID = f"{NC}acl-list", "{http://owncloud.org/ns}fileid"
MAPPINGS: Mapping[PrincipalKind, str] = {"user": "user", "group": "group", "team": "circle"}
KINDS: Mapping[str, PrincipalKind] = {mapping: kind for kind, mapping in MAPPINGS.items()}
LOCKOUT = "own read permission"
XML = {"Content-Type": "application/xml; charset=utf-8"}


class NextcloudFolderRules:
    def __init__(self, files: NextcloudFiles) -> None:
        self._files = files

    def rules(self, path: str) -> tuple[RuledSeen, ...]:
        body = propfind(f"{DAV}resourcetype", FILE_ID, RULES)
        answer = self._files.send("PROPFIND", clean(path), headers={"Depth": "1", **XML}, data=body)
        found = sorted(multistatus(answer).resources, key=lambda each: len(each.href.rstrip("/")))
        return tuple(map(self._seen, found))

    def set_rules(self, path: str, rules: Sequence[Rule]) -> None:
        try:
            answer = self._files.send("PROPPATCH", clean(path), headers=XML, data=_proppatch(rules))
        except Refused as error:  # a 400 alone, or inside a multi-status: it depends on the version
            raise _refusal(path, is_lockout=LOCKOUT in error.message.en) from error
        if not any(RULES in each.properties for each in multistatus(answer).resources):
            raise _refusal(path, is_lockout=LOCKOUT in answer.text)

    def _seen(self, found: Resource) -> RuledSeen:
        rules = found.properties.get(RULES)
        return RuledSeen(
            found.href.removeprefix(self._files.home).rstrip("/") or "/",
            found.text(FILE_ID),
            f"{DAV}collection" in found.children(f"{DAV}resourcetype"),
            tuple(sorted(_rule(row) for row in rules)) if rules is not None else (),
        )


def _rule(row: Element) -> Rule:
    def text(name: str) -> str:
        return (row.findtext(f"{NC}acl-{name}") or "").strip()

    who = Principal(KINDS.get(text("mapping-type"), "group"), text("mapping-id"))
    return Rule(who, int(text("permissions") or 0), int(text("mask") or 0))


def _proppatch(rules: Sequence[Rule]) -> bytes:
    root = Element(f"{DAV}propertyupdate")
    listed = SubElement(SubElement(SubElement(root, f"{DAV}set"), f"{DAV}prop"), RULES)
    for rule in rules:
        row = SubElement(listed, f"{NC}acl")
        values = (MAPPINGS[rule.who.kind], rule.who.id, str(rule.mask), str(rule.permissions))
        for name, value in zip(("mapping-type", "mapping-id", "mask", "permissions"), values, strict=True):
            SubElement(row, f"{NC}acl-{name}").text = value
    return written(root)


def _refusal(path: str, *, is_lockout: bool) -> Refused | RightMissing:
    if is_lockout:
        message = Text(
            "Mit diesen Regeln sähe das Dienstkonto den Ordner selbst nicht mehr",
            "With these rules the service account wouldn't see the folder itself",
        )
        return Refused(message, where=path, code="locks_itself_out")
    return RightMissing(
        Text(
            "Das Dienstkonto verwaltet die erweiterten Berechtigungen dieses Ordners nicht",
            "The service account doesn't manage the advanced permissions of this folder",
        ),
        where=path,
        remedy=Text(
            "Der nächste Lauf trägt es wieder ein: digitalnetzwerk apply --verify",
            "The next run enters it again: digitalnetzwerk apply --verify",
        ),
        code="not_a_manager",
    )
