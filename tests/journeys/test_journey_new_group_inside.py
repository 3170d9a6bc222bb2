"""A group inside of a group, in the very run that makes everything: nothing is left to note for the second one."""

from journeys_town import Town

ENTRIES = """\
admin_rights: {username: digitalnetzwerk, password: env:NEXTCLOUD_PASSWORD}
exchange_groups:
  innen: {name: Innen, lead: [erika.kreis], members: {administrations: all}, room: true, folder: false}
  aussen: {name: Aussen, lead: [max.kreis], members: {exchange_groups: [innen]}, room: true, folder: false}
"""


def test_a_town_without_a_group_of_its_own_yet_leaves_nothing_for_the_second_run(town: Town) -> None:
    town.swap("group: nieheim}", "group: nieheim-neu, external: false}")
    town.config.write_text(town.config.read_text() + ENTRIES)
    town.apply(verify=True)
    since = town.mark()
    again = town.apply(verify=True)
    assert [each.line for each in again.plan.changes] == []
    assert town.writes(since) == []
