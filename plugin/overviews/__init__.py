"""What exists in the network, for one person who looks: exchange groups and projects, for pages and API.

Everything from the configuration and from what the runs remember; nothing is asked of anybody. Refuses to show more
than Nextcloud shows the person: links lead only where they can go, a name stands only where its reader may know it.
"""
