"""Joining a group and subscribing to calendars inside of Nextcloud, where no session of ours exists."""

from web_inside import Inside, token_in

GROUP = """\
exchange_groups:
  region: {name: Smart Region, lead: [max.kreis], open: true}
"""


def post(inside: Inside, account: str, path: str, page: str, **fields: str) -> str:
    answer = inside.post(account, path, token=token_in(inside.get(account, page).text), **fields)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_who_joins_through_nextcloud_is_seen_as_a_member_at_once_and_leaves_again(inside: Inside) -> None:
    inside.town.config.write_text(inside.town.config.read_text() + GROUP)
    inside.town.apply()
    assert inside.running.reload()
    page = "/austauschgruppen/region"
    assert "Sie sind dabei." in post(inside, "anna.brakel", f"{page}/beitritt", page)
    assert "/index.php/call/" in inside.get("anna.brakel", page).text
    assert "Sie sind ausgetreten." in post(inside, "anna.brakel", f"{page}/austritt", page)
    assert "/index.php/call/" not in inside.get("anna.brakel", page).text


def test_a_subscription_needs_an_address_outside_of_nextcloud(inside: Inside) -> None:
    assert "service.public_url" in inside.get("anna.brakel", "/abonnements").text
    inside.town.swap("service:\n", "service:\n  public_url: https://netz.probe.example\n")
    assert inside.running.reload()
    made = post(inside, "anna.brakel", "/abonnements", "/abonnements", what="person:")
    path = made.split('value="https://netz.probe.example')[1].split('"')[0]
    read = inside.nextcloud("GET", path)
    assert read.status_code == 200
    assert "OZG Grundlagen" in read.text
