"""Mails that the service itself sends, over the network's own mail server (SMTP, RFC 5321).

Plain text to one address each, marked as sent by a program (RFC 3834), so that no absence note answers.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Literal

from network.errors import AgainLater, PersonMustAct
from network.text import Text

PATIENCE = 30.0


class MailFailed(AgainLater):
    """The mail server did not take it now; nothing was sent."""

    code = "mail_failed"


@dataclass(frozen=True, slots=True)
class Letter:
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Mailer:
    """`password` is asked for only when a login is needed; None logs in nowhere."""

    server: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    username: str = ""
    password: Callable[[], str] | None = None
    ca_file: str | None = None

    def send(self, letter: Letter, *, at: datetime) -> None:
        """MailFailed when it may be tried again; PersonMustAct when the server refuses login or address."""
        try:
            with self._connected() as smtp:
                smtp.send_message(self._message(letter, at))
        except smtplib.SMTPAuthenticationError as error:
            raise self._refused("die Anmeldung", "the login") from error
        except (smtplib.SMTPException, OSError) as error:
            if isinstance(error, smtplib.SMTPRecipientsRefused) and _for_good(error):
                raise self._refused(f"die Adresse {letter.to}", f"the address {letter.to}") from error
            raise MailFailed(
                Text(
                    f"Der Mailserver nimmt gerade nichts an ({type(error).__name__}).",
                    f"The mail server takes nothing at the moment ({type(error).__name__}).",
                ),
                where="service.mail",
                remedy=Text(
                    "Es wird von selbst wieder versucht. Stimmen server, port und security?",
                    "It is tried again by itself. Are server, port and security right?",
                ),
            ) from error

    def try_login(self) -> None:
        """Connects and logs in without sending anything; raises like `send`."""
        try:
            with self._connected() as smtp:
                smtp.noop()
        except smtplib.SMTPAuthenticationError as error:
            raise self._refused("die Anmeldung", "the login") from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailFailed(
                Text(f"Der Mailserver antwortet nicht: {error}", f"the mail server does not answer: {error}"),
                where="service.mail",
            ) from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context(cafile=self.ca_file)
        if self.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.server, self.port, timeout=PATIENCE, context=context)
        else:
            smtp = smtplib.SMTP(self.server, self.port, timeout=PATIENCE)
        try:
            if self.security == "starttls":
                smtp.starttls(context=context)
            if self.password is not None:
                smtp.login(self.username or self.sender, self.password())
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _message(self, letter: Letter, at: datetime) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.sender, letter.to, letter.subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message

    def _refused(self, german: str, english: str) -> PersonMustAct:
        return PersonMustAct(
            Text(f"Der Mailserver weist {german} ab.", f"The mail server refuses {english}."),
            where="service.mail",
            remedy=Text(
                "Stimmen service.mail (username, password, from) und die Adressen in contacts?",
                "Are service.mail (username, password, from) and the addresses in contacts right?",
            ),
            code="mail_refused",
        )


def _for_good(error: smtplib.SMTPRecipientsRefused) -> bool:
    """RFC 5321 section 4.2.1: 5yz says no, 4yz says not now."""
    return all(code >= 500 for code, _ in error.recipients.values())
