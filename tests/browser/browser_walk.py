"""Every page that a person reaches by links and search forms from the start page, so that new pages are looked at
without being listed anywhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from browser_office import PEOPLE, Office
from werkzeug.exceptions import NotFound
from werkzeug.routing import MapAdapter

from plugin.web.visitors import Role

OF_EACH, NARROWED = 4, 2
"""Pages of one kind that are looked at: the same endpoint; the same endpoint asked with the same fields."""


@dataclass(frozen=True, slots=True)
class Found:
    """`path` with its query; `main` is what stands in its main part, empty for a file to download."""

    path: str
    endpoint: str
    title: str
    main: str

    @property
    def words(self) -> str:
        """Without the marks, and so without where links lead."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.main).split())

    @property
    def is_page(self) -> bool:
        return bool(self.main)


@dataclass
class Walk:
    """`found` for each role; `broken` names links that lead nowhere and the pages that hold them."""

    found: dict[Role, list[Found]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def pages(self, role: Role) -> list[Found]:
        return [each for each in self.found[role] if each.is_page]

    def own_pages(self, role: Role) -> list[Found]:
        """Those that no role before this one has seen word for word."""
        seen = {each.main for other in _before(role) for each in self.pages(other)}
        return [each for each in self.pages(role) if each.main not in seen]

    def new_pages(self, role: Role) -> list[Found]:
        """Those at addresses that no role before this one has reached."""
        seen = {each.path for other in _before(role) for each in self.pages(other)}
        return [each for each in self.pages(role) if each.path not in seen]


def _before(role: Role) -> list[Role]:
    return list(PEOPLE)[: list(PEOPLE).index(role)]


def walks(office: Office) -> Walk:
    walk = Walk()
    adapter = office.app.url_map.bind("127.0.0.1")
    for role in PEOPLE:
        session = requests.Session()
        session.headers["Accept-Language"] = "de"
        for cookie in office.logins[role]["cookies"]:
            session.cookies.set(cookie["name"], cookie["value"])
        walk.found[role] = []
        waiting, asked, kinds = ["/"], {"/"}, Counter[object]()
        came_from: Mapping[str, str] = {}
        while waiting:
            path = waiting.pop(0)
            answer = session.get(office.url + path, timeout=10)
            if answer.status_code != 200:
                walk.broken.append(f"{role}: {came_from.get(path, '')} leads to {path}: {answer.status_code}")
                continue
            is_page = answer.headers["Content-Type"].startswith("text/html")
            endpoint = _endpoint(adapter, urlsplit(path).path)
            text = answer.text if is_page else ""
            walk.found[role].append(Found(path, endpoint, _title(text), _main(text)))
            for link in _links(text, urljoin(office.url, path)):
                target = link.removeprefix(office.url)
                if target == link or target in asked:
                    continue
                parts = urlsplit(target)
                kind = (_endpoint(adapter, parts.path), tuple(sorted(re.findall(r"(?:^|&)([^=&]+)=", parts.query))))
                kinds[kind] += 1
                if kinds[kind] <= (NARROWED if kind[1] else OF_EACH):
                    asked.add(target)
                    waiting.append(target)
                    came_from = {**came_from, target: path}
    return walk


def _endpoint(adapter: MapAdapter, path: str) -> str:
    """Empty where there is none: asking for it tells who links there."""
    try:
        return str(adapter.match(path)[0])
    except NotFound:
        return ""


def _main(text: str) -> str:
    """Without what differs from login to login."""
    found = re.search(r"<main.*</main>", text, re.DOTALL)
    return re.sub(r'name="token" value="\w+"', "", found[0] if found else text)


def _title(text: str) -> str:
    found = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    return found[1] if found else ""


def _links(text: str, page: str) -> Iterator[str]:
    """Absolute, without fragments."""
    reader = _Links(page)
    reader.feed(text)
    yield from dict.fromkeys(each.partition("#")[0] for each in reader.found)


class _Links(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._page = page
        self._form: str | None = None
        self._fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self.found.append(urljoin(self._page, values["href"]))
        elif tag == "form" and values.get("method", "get").lower() == "get":
            self._form, self._fields = urljoin(self._page, values.get("action", "")), {}
        elif tag in ("input", "select") and "name" in values and values.get("type") not in ("checkbox", "radio"):
            self._fields[values["name"]] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.found.append(f"{self._form}?{urlencode(self._fields)}")
            self._form = None
