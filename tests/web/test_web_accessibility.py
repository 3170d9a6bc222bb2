"""The statement about accessibility: open to everybody, honest about being a draft, completed by configuration."""

from journeys_town import Town
from web_office import AT, Office


def test_everybody_reads_it_and_every_page_links_to_it(office: Office) -> None:
    assert "Erklärung zur Barrierefreiheit" in office.browser().text("/barrierefreiheit")
    assert 'href="./barrierefreiheit"' in office.person("anna.brakel").text("/")
    assert 'href="./barrierefreiheit"' in office.browser().get("/login/back").text.replace("../", "./")


def test_it_is_a_draft_until_the_authority_says_when_it_was_made(office: Office, town: Town) -> None:
    page = office.browser().text("/barrierefreiheit")
    assert "Entwurf:" in page
    assert "Geschäftsstelle" in page
    town.swap(
        "service:\n",
        "service:\n  accessibility:\n    authority: Kreis Probe\n    created: 2026-12-01\n    reviewed: 2027-11-30\n"
        "    feedback: https://probe.example/barriere\n    known: [Der Saalplan ist ein Bild.]\n"
        "  imprint: https://probe.example/impressum\n  privacy_notice: https://probe.example/datenschutz\n",
    )
    assert office.running.reload()
    page = office.browser().text("/barrierefreiheit")
    assert "Entwurf:" not in page
    for said in (
        "Kreis Probe ist bemüht",
        "1. Dez. 2026",
        "30. Nov. 2027",
        "/barriere",
        "Saalplan",
        "/impressum",
        "/datenschutz",
    ):
        assert said in page, said


def test_the_ombuds_office_is_named_where_it_is_in_charge(office: Office, town: Town) -> None:
    assert "ombudsstelle" not in office.browser().text("/barrierefreiheit")
    town.swap("  language: de\n", "  language: de\n  state: NW\n")
    assert office.running.reload()
    assert "ombudsstelle-barrierefreie-it@mags.nrw.de" in office.browser().text("/barrierefreiheit")
    english = office.browser().client.get("/barrierefreiheit", base_url=AT, headers={"Accept-Language": "en"})
    assert "ombuds office" in english.text
