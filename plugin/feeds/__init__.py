"""The trainings and meetings of our calendars for programs outside of Nextcloud, each feed behind a secret address.

A feed shows what stands in Nextcloud's calendars, and never more than its owner sees there:

    rights.py     who may see which calendar today, by configuration, people lists and the last look at teams
    contents.py   which entries that are, their ETag, and the calendar as one text
    desk.py       making, listing, revoking and answering feeds

A person's feed holds calendars that they saw in Nextcloud when they last opened the page of their feeds, as far as they
may see them today. "Today" is what the people lists said when they were read last, looked at every ten minutes. Whoever
stands in no list any more has no feed. Where no people list can be read, a feed lives as long as its owner opens that
page every 90 days. An administration's feed shows what all of its staff see, and belongs to it, not to who made it.
"""
