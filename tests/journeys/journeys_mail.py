"""A mail server of our own that keeps what arrives."""

import email
import email.policy
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

ACCOUNT, PASSWORD = "digitalnetzwerk@probe.example", "geheimes-mailkennwort"


@dataclass
class MailHouse:
    """`refusing` are addresses that it doesn't know; while `closed` it takes nothing."""

    port: int = 0
    arrived: list[EmailMessage] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    closed: bool = False

    async def handle_RCPT(
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.closed:
            return "451 later"
        if address in self.refusing:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        found = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        self.arrived.append(found)
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [each for each in self.arrived if each["To"] == address]


def _login(_server: Any, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (ACCOUNT.encode(), PASSWORD.encode()), handled=False)


class AnyPort(Controller):
    def _trigger_server(self) -> None:
        """It greets itself once, and has to know where."""
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_house_with(context: ssl.SSLContext | None = None) -> Iterator[MailHouse]:
    """With a certificate it wants STARTTLS before anything is said."""
    house = MailHouse()
    options: dict[str, Any] = {"authenticator": _login, "auth_require_tls": False}
    if context is not None:
        options |= {"tls_context": context, "require_starttls": True}
    controller = AnyPort(house, hostname="127.0.0.1", port=0, **options)
    controller.start()
    house.port = controller.port
    yield house
    controller.stop()


@pytest.fixture
def mail_house() -> Iterator[MailHouse]:
    with mail_house_with() as house:
        yield house
