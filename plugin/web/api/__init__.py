"""What the pages do, for programs: JSON below /api/v1, described by an OpenAPI document that is made from this code.

Data flow
    calls      each call as plain data: method, path, what it takes, what it answers with, who carries it out
    shapes     what answers look like; they stay as they are when something inside changes
    reading, overseeing, acting   what the calls do, over the same functions as the pages
    document   the calls as OpenAPI 3.1
    serving    the calls as a part of the WSGI program; who may ask for what stands in plugin.web.access

Who is asking is told as for the pages: a session of a browser, or Nextcloud's proxy (there with an app password). What
changes something carries the token of `GET /me` in the header X-Token.
"""
