"""People and secrets go out of a text, everything else stays."""

import pytest

from plugin.operations.redaction import Redaction, accounts, without_quotes, without_secrets

KNOWN = Redaction.of(["erika.muster", "Erika Muster", "Muster, Erika", "x", ""])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("erika.muster fehlt", "[Person] fehlt"),
        ("ERIKA.MUSTER, Erika muster und Muster, Erika", "[Person], [Person] und [Person]"),
        ("Verwaltung Musterstadt bleibt", "Verwaltung Musterstadt bleibt"),
        ("an erika.muster2 nicht", "an erika.muster2 nicht"),
        ("schreiben Sie an wer.auch.immer@extern.example!", "schreiben Sie an [Person]"),
        ("x bleibt: zu kurz, um jemand zu sein", "x bleibt: zu kurz, um jemand zu sein"),
    ],
)
def test_whole_names_go_and_nothing_else(text: str, left: str) -> None:
    assert KNOWN.text(text) == left


def test_the_account_of_the_service_is_nobody() -> None:
    known = Redaction.of(["digitalnetzwerk", "erika.muster"])
    assert known.text("Digitalnetzwerk Kreis: digitalnetzwerk check, erika.muster") == (
        "Digitalnetzwerk Kreis: digitalnetzwerk check, [Person]"
    )


@pytest.mark.parametrize(
    ("key", "title", "people"),
    [
        ("room > team:exchange_group:ozg", "exchange_group:ozg (Talk)", set()),
        ("administration:brakel members", "group:brakel", set()),
        ("room > user:anna.brakel moderates", "anna.brakel (Talk)", {"anna.brakel"}),
        ("brakel > anna.brakel", "anna.brakel", {"anna.brakel"}),
        ("exchange_group:ozg members", "anna.brakel, bernd.brakel, … (12)", {"anna.brakel", "bernd.brakel", "…"}),
        ("anna.brakel", "Anna Brakel (anna.brakel)", {"anna.brakel", "Anna Brakel", "Brakel, Anna", "Brakel Anna"}),
    ],
)
def test_a_change_is_about_people_and_not_about_groups_and_rooms(key: str, title: str, people: set[str]) -> None:
    assert set(accounts(key, title)) == people


def test_who_knows_nobody_still_takes_out_addresses() -> None:
    assert Redaction.of([]).text("a@b.example und c") == "[Person] und c"


@pytest.mark.parametrize(
    "text",
    [
        "https://konto:geheim@host.example/pfad/geheim?key=geheim",
        "Authorization: Bearer geheim",
        "password=geheim",
        'token: "geheim"',
        "client_secret = geheim",
    ],
)
def test_no_secret_stays(text: str) -> None:
    assert "geheim" not in without_secrets(text)


def test_of_an_address_the_host_stays() -> None:
    assert without_secrets("von https://host.example/a/b gelesen") == "von https://host.example/… gelesen"


def test_quoted_words_of_a_source_go() -> None:
    assert without_quotes('Zeile 3 „Titel“ und "mehr" und “more”') == "Zeile 3 „…“ und „…“ und „…“"
