"""The kinds of writes that a first run makes, as patterns of method and path."""

MOMENTS = {
    "group": r"POST .*/cloud/groups$",
    "group_member": r"POST .*/cloud/users/.*/groups$",
    "team": r"POST .*/circles/circles$",
    "team_mark": r"PUT .*/description$",
    "team_members": r"POST .*/members/multi$",
    "team_level": r"PUT .*/level$",
    "room": r"POST .*/api/v4/room$",
    "room_attendee": r"POST .*/participants$",
    "room_moderator": r"POST .*/moderators$",
    "folder": r"POST .*/groupfolders/folders$",
    "folder_mark": r"POST .*/manageACL$",
    "folder_quota": r"POST .*/quota$",
    "folder_grant": r"POST .*/folders/\d+/groups$",
    "folder_rights": r"POST .*/folders/\d+/groups/",
    "template_folder": r"MKCOL .*/Texte$",
    "template_file": r"PUT .*Readme\.md$",
    "calendar": r"MKCALENDAR .",
    "calendar_mark": r"PROPPATCH .",
    "entry": r"PUT .*\.ics$",
    "calendar_share": r"POST .*/dnw-schulungen/$",
    "notes": r"PUT .*Hinweise",
}
"""Each fits `METHOD path`, the path percent-decoded."""
