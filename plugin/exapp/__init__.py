"""The pages inside Nextcloud: we are a program that it knows (an ExApp of its app AppAPI) and shows in its own frame.

Nextcloud passes requests of logged-in people on to us and says who they are; the secret that both share proves it.
Nothing of this exists while `service.exapp` is not configured. No header is ever logged: all of them are secrets.
"""
