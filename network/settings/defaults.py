"""Fills in what the defaults sections say, so that whoever reads an entry sees all of it.

Key by key, and one level deeper for `contacts`, `access` and the like; a selector is one value and is never mixed.
Values keep the place where they were written: a mistake in the defaults is reported there.
"""

from __future__ import annotations

from network.document import Branch, Listing, Scalar, Spot, Value

_DEFAULTS = {
    "administrations": "administration_defaults",
    "exchange_groups": "exchange_group_defaults",
    "projects": "project_defaults",
}


def with_defaults(root: Branch) -> Branch:
    """The same configuration with complete entries."""
    values: dict[str, Value] = dict(root)
    for section, defaults_section in _DEFAULTS.items():
        entries, defaults = root.get(section), root.get(defaults_section)
        if isinstance(entries, Branch):
            default = defaults if isinstance(defaults, Branch) else Branch({}, entries.spot, {})
            values[section] = _like(entries, {key: _complete(entry, default) for key, entry in entries.items()})
    return _like(root, values)


def _complete(entry: Value, default: Branch) -> Value:
    if not isinstance(entry, Branch):
        return entry
    return _with_domain(_filled(entry, default, depth=2))


def _filled(entry: Branch, default: Branch, depth: int) -> Branch:
    values: dict[str, Value] = dict(entry)
    key_spots: dict[str, Spot] = dict(entry.key_spots)
    for key, value in default.items():
        own = values.get(key)
        if own is None:
            values[key], key_spots[key] = value, default.key_spots[key]
        elif isinstance(own, Branch) and isinstance(value, Branch) and depth > 1:
            values[key] = _filled(own, value, depth - 1)
    return Branch(values, entry.spot, key_spots)


def _with_domain(administration: Branch) -> Branch:
    contacts, domains = administration.get("contacts"), administration.get("mail_domains")
    if not isinstance(contacts, Branch) or not isinstance(domains, Listing) or not domains:
        return administration
    domain = str(domains[0])
    filled = {
        key: Scalar(mail.replace("{domain}", domain), mail.spot) if isinstance(mail, Scalar) else mail
        for key, mail in contacts.items()
    }
    return _like(administration, {**administration, "contacts": _like(contacts, filled)})


def _like(branch: Branch, values: dict[str, Value]) -> Branch:
    return Branch(values, branch.spot, branch.key_spots)
