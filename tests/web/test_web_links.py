import pytest

from plugin.web.links import relative


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("/", "/", "./"),
        ("/", "/schulung/a", "./schulung/a"),
        ("/schulung/a", "/", "../"),
        ("/schulung/a", "/schulung/b:c", "./b:c"),
        ("/schulung/a", "/static/style.css", "../static/style.css"),
        ("/austauschgruppen/a", "/austauschgruppen", "../austauschgruppen"),
        ("/austauschgruppen", "/austauschgruppen/a", "./austauschgruppen/a"),
        ("/cloud/proxy/netz/schulung/a", "/cloud/proxy/netz/", "../"),
        ("/cloud/proxy/netz/", "/cloud/proxy/netz/static/style.css", "./static/style.css"),
    ],
)
def test_a_link_leads_to_the_same_place_below_any_address(page: str, target: str, link: str) -> None:
    assert relative(page, target) == link
