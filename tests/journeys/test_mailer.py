"""Mails leave encrypted and with a login, to servers as offices have them; what refuses is told apart."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from journeys_mail import ACCOUNT, PASSWORD, MailHouse, mail_house_with

from connectors.mail import Letter, Mailer, MailFailed
from network.errors import PersonMustAct

CERTIFICATE = Path(__file__).parents[1] / "connectors" / "nextcloud" / "self_signed.pem"
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
LETTER = Letter("buero@probe.example", "Probenetz: 1 Problem – übrigens", "Größe: 5 €\n.\nEnde")


@pytest.fixture
def encrypted_house() -> Iterator[MailHouse]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with mail_house_with(context) as house:
        yield house


def mailer(house: MailHouse, *, password: str = PASSWORD, ca_file: str | None = str(CERTIFICATE)) -> Mailer:
    return Mailer("127.0.0.1", house.port, "starttls", ACCOUNT, password=lambda: password, ca_file=ca_file)


def test_a_letter_arrives_as_it_was_written(encrypted_house: MailHouse) -> None:
    mailer(encrypted_house).send(LETTER, at=NOON)
    (arrived,) = encrypted_house.arrived
    assert arrived["Subject"] == LETTER.subject
    assert arrived["From"] == ACCOUNT
    assert arrived["Date"].datetime == NOON
    assert arrived["Message-ID"].endswith("@probe.example>")
    assert arrived.get_content().replace("\r\n", "\n") == f"{LETTER.text}\n"


def test_a_certificate_that_nobody_vouches_for_gets_no_password(encrypted_house: MailHouse) -> None:
    with pytest.raises(MailFailed):
        mailer(encrypted_house, ca_file=None).send(LETTER, at=NOON)
    assert encrypted_house.arrived == []


def test_a_refused_login_needs_a_person_and_shows_no_password(encrypted_house: MailHouse) -> None:
    with pytest.raises(PersonMustAct) as refused:
        mailer(encrypted_house, password="falsches-kennwort").send(LETTER, at=NOON)
    assert refused.value.code == "mail_refused"
    assert "falsches-kennwort" not in f"{refused.value.message}{refused.value.remedy}"


@pytest.mark.parametrize(("closed", "error"), [(True, MailFailed), (False, PersonMustAct)])
def test_later_and_never_are_told_apart(encrypted_house: MailHouse, closed: bool, error: type[Exception]) -> None:
    encrypted_house.closed, encrypted_house.refusing = closed, {LETTER.to}
    with pytest.raises(error):
        mailer(encrypted_house).send(LETTER, at=NOON)


def test_nobody_there_is_tried_again_later() -> None:
    with pytest.raises(MailFailed):
        Mailer("127.0.0.1", 9, "none", ACCOUNT).send(LETTER, at=NOON)


def test_trying_the_login_sends_nothing(encrypted_house: MailHouse) -> None:
    mailer(encrypted_house).try_login()
    with pytest.raises(PersonMustAct):
        mailer(encrypted_house, password="falsch").try_login()
    assert encrypted_house.arrived == []
