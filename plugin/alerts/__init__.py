"""Whoever is responsible hears that something is wrong: once a day for each problem, and once when it is over.

Data flow
    concerns     what a round named (its problems, stopped scopes, an error that ended it, a broken configuration)
    responsible  the address of who looks after that: the town whose object or file it is, else the network's office
    ConcernLog   (network.state) since when it stands, when it was last named, when somebody was last told
    Notices      a question of a source is told to coordinators inside Nextcloud, each of them once (NoticeLog)
    Telling      what is due → one letter for each address → Mailer (connectors.mail)

What needs a person is told at once. What may pass by itself is told when it has stood for an hour. A problem is over
when every connector was asked since it was last named.
"""
