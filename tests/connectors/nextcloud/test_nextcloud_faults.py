"""What Nextcloud says when it says no, and which of our errors that is: one row each, as they were seen."""

from __future__ import annotations

import json

import pytest
from requests import PreparedRequest, Response

from connectors.nextcloud.faults import ConfirmationNeeded, TokenInvalid, fault_of
from network.errors import (
    AlreadyThere,
    AppMissing,
    LimitReached,
    Locked,
    LoginRefused,
    NotThere,
    PreconditionFailed,
    Refused,
    RightMissing,
    ServerBusy,
    ServerFault,
    UidInTrash,
)

CALENDAR = "/remote.php/dav/calendars/dienst/dnw-x/"
ENTRY = f"{CALENDAR}a.ics"
FILES = "/remote.php/dav/files/dienst/Ordner"
GROUPS = "/ocs/v1.php/cloud/groups"
MEMBERSHIP = "/ocs/v1.php/cloud/users/anna/groups"
TEAMS = "/ocs/v2.php/apps/circles/circles"
FOLDERS = "/index.php/apps/groupfolders/folders"
ROOMS = "/ocs/v2.php/apps/spreed/api/v4/room"


def ocs(code: int, message: str = "", data: object = ()) -> bytes:
    return json.dumps({"ocs": {"meta": {"statuscode": code, "message": message}, "data": data}}).encode()


def sabre(kind: str, message: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="utf-8"?><d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns">'
        f"<s:exception>{kind}</s:exception><s:message>{message}</s:message></d:error>"
    ).encode()


def answer(method: str, path: str, status: int, body: bytes = b"", create: bool = False) -> Response:
    request = PreparedRequest()
    request.prepare(method=method, url=f"https://cloud.example{path}", headers={"If-None-Match": "*"} if create else {})
    found = Response()
    found.status_code, found._content, found.request = status, body, request
    return found


ROWS = [
    # login and rights
    (answer("GET", GROUPS, 401, ocs(997, "Current user is not logged in")), LoginRefused),
    (answer("GET", GROUPS, 401, ocs(997, "Unauthorised")), LoginRefused),
    (answer("GET", GROUPS, 401, ocs(997)), RightMissing),
    (answer("PROPFIND", CALENDAR, 401, sabre("Sabre\\DAV\\Exception\\NotAuthenticated", "Cannot authenticate")), LoginRefused),
    (answer("GET", "/x", 401), LoginRefused),
    (answer("GET", GROUPS, 403, ocs(403, "Logged in account must be an admin")), RightMissing),
    (answer("POST", GROUPS, 403, ocs(403, "Password confirmation is required")), ConfirmationNeeded),
    (answer("POST", FOLDERS, 200, ocs(403, "Password confirmation is required")), ConfirmationNeeded),
    (answer("POST", FOLDERS, 200, ocs(403, "Forbidden")), RightMissing),
    (answer("PUT", f"{FILES}/a.txt", 403, sabre("Sabre\\DAV\\Exception\\Forbidden", "")), RightMissing),
    # limits
    (answer("MKCALENDAR", CALENDAR, 429, sabre("X\\TooManyRequests", "Too many calendars created")), LimitReached),
    (answer("MKCALENDAR", CALENDAR, 403, sabre("X\\Forbidden", "Calendar limit reached")), LimitReached),
    (answer("POST", CALENDAR, 429, sabre("X", "Too many addressbook or calendar share requests")), LimitReached),
    (answer("GET", TEAMS, 429, b""), ServerBusy),
    (answer("GET", TEAMS, 429, ocs(429, "Reached maximum delay")), ServerBusy),
    (answer("GET", TEAMS, 503), ServerBusy),
    (answer("PROPFIND", CALENDAR, 503, sabre("Sabre\\DAV\\Exception\\ServiceUnavailable", "System in maintenance mode.")), ServerBusy),
    # people
    (answer("POST", GROUPS, 400, ocs(102, "group exists")), AlreadyThere),
    (answer("POST", GROUPS, 200, ocs(102, "group exists")), AlreadyThere),
    (answer("POST", GROUPS, 400, ocs(101, "Invalid group name")), Refused),
    (answer("DELETE", f"{GROUPS}/x", 200, ocs(101)), NotThere),
    (answer("GET", f"{GROUPS}/x", 404, ocs(404, "The requested group could not be found")), NotThere),
    (answer("GET", f"{GROUPS}/x", 200, ocs(998)), NotThere),
    (answer("POST", MEMBERSHIP, 200, ocs(102)), NotThere),
    (answer("POST", MEMBERSHIP, 200, ocs(103)), NotThere),
    (answer("POST", MEMBERSHIP, 200, ocs(104)), RightMissing),
    (answer("DELETE", MEMBERSHIP, 200, ocs(105, "Not viable to remove user from the last group")), RightMissing),
    (answer("PUT", f"{GROUPS}/x", 500, ocs(996)), ServerFault),
    # teams, folders, rooms
    (answer("POST", TEAMS, 400, ocs(400, "Circle name is too short")), Refused),
    (answer("POST", TEAMS, 400, ocs(400, "SQLSTATE[23505]: Unique violation: duplicate key")), ServerFault),
    (answer("POST", f"{TEAMS}/x/members", 400, ocs(122, "Already member of the team")), AlreadyThere),
    (answer("POST", f"{TEAMS}/x/members", 404, ocs(404, "group not found")), NotThere),
    (answer("POST", FOLDERS, 400, b'{"message":"Mount point already exists"}'), AlreadyThere),
    (answer("POST", f"{FOLDERS}/1/groups", 400, b'{"message":"Group already assigned to this Groupfolder"}'), AlreadyThere),
    (answer("DELETE", f"{FOLDERS}/1", 404, b'{"message":"Groupfolder not found"}'), NotThere),
    (answer("POST", ROOMS, 400, ocs(400, "", {"error": "object-type"})), Refused),
    # calendars
    (answer("MKCALENDAR", CALENDAR, 405, sabre("X\\MethodNotAllowed", "The resource you tried to create already exists")), AlreadyThere),
    (answer("MOVE", CALENDAR, 405, sabre("X\\MethodNotAllowed", "Renaming calendars is not yet supported")), Refused),
    (answer("POST", CALENDAR, 400, sabre("X", "{http://owncloud.org/ns}share is limited to 10 set or remove elements")), Refused),
    (answer("REPORT", CALENDAR, 403, sabre("Sabre\\DAV\\Exception\\InvalidSyncToken", "Invalid or unknown sync token")), TokenInvalid),
    (answer("PUT", ENTRY, 400, sabre("X\\BadRequest", "Calendar object with uid already exists in this calendar collection.")), UidInTrash),
    (answer("PUT", ENTRY, 500, sabre("OC\\DB\\Exceptions\\DbalException", "An exception occurred"), create=True), UidInTrash),
    (answer("PUT", ENTRY, 500, sabre("X", 'duplicate key value violates unique constraint "calobjects_by_uid_index"')), UidInTrash),
    (answer("MOVE", ENTRY, 500, sabre("X", "An exception occurred")), UidInTrash),
    (answer("PUT", ENTRY, 500, sabre("X", "An exception occurred")), ServerFault),
    (answer("PUT", ENTRY, 403, sabre("X\\Forbidden", "VEvent or VTodo object exceeds 10485760 bytes")), Refused),
    (answer("PUT", ENTRY, 415, sabre("X\\UnsupportedMediaType", "This resource only supports valid iCalendar 2.0 data.")), Refused),
    (answer("PUT", ENTRY, 412, sabre("X\\PreconditionFailed", "An If-Match header was specified")), PreconditionFailed),
    (answer("PUT", ENTRY, 404), NotThere),
    (answer("PUT", ENTRY, 413), Refused),
    # files
    (answer("MKCOL", FILES, 405), AlreadyThere),
    (answer("MKCOL", FILES, 409, sabre("X\\Conflict", "Parent node does not exist")), NotThere),
    (answer("PUT", FILES, 423, sabre("OCA\\DAV\\Connector\\Sabre\\Exception\\FileLocked", "is locked")), Locked),
    (answer("PUT", FILES, 507, sabre("X\\InsufficientStorage", "")), Refused),
    (answer("GET", FILES, 410), NotThere),
    # anything else
    (answer("GET", "/x", 500, b"<html><body>Internal Server Error</body></html>"), ServerFault),
    (answer("GET", "/x", 502), ServerFault),
    (answer("GET", "/x", 418, b"\x00\xff"), Refused),
]  # fmt: skip


@pytest.mark.parametrize(
    ("refusal", "error"), ROWS, ids=[f"{row.request.method}-{row.status_code}-{error.__name__}" for row, error in ROWS]
)
def test_a_refusal_becomes_its_error(refusal, error):
    found = fault_of(refusal, "dienst")
    assert type(found) is error
    assert found.message.de and found.message.en and found.message.de != found.message.en
    assert found.where


@pytest.mark.parametrize(
    ("status", "body", "setting"),
    [
        (429, sabre("X", "Too many calendars created"), "dav rateLimitCalendarCreation"),
        (403, sabre("X", "Calendar limit reached"), "dav maximumCalendarsSubscriptions"),
        (
            429,
            sabre("X", "Too many addressbook or calendar share requests"),
            "dav rateLimitShareAddressbookOrCalendar",
        ),
    ],
)
def test_a_limit_names_the_setting_that_lifts_it(status, body, setting):
    found = fault_of(answer("POST", CALENDAR, status, body), "dienst")
    assert found.setting == setting
    for remedy in (found.remedy.de, found.remedy.en):
        assert f"occ config:app:set {setting} --type=integer --value=" in remedy


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        (TEAMS, 200, ocs(200)),
        (GROUPS, 200, ocs(100)),
        (FOLDERS, 200, ocs(100)),
        (ROOMS, 201, ocs(201)),
        (CALENDAR, 207, b"<whatever"),
        (FILES, 204, b""),
        ("/index.php/login/v2", 200, b"{}"),
    ],
)
def test_a_success_is_no_error(path, status, body):
    assert fault_of(answer("POST", path, status, body), "dienst") is None


def test_the_servers_own_words_are_kept_short_and_on_one_line():
    found = fault_of(answer("PUT", ENTRY, 415, sabre("X", "zu\n\n lang " * 500)), "dienst")
    assert "\n" not in found.message.de and len(found.message.de) < 400


NO_ROUTE = (
    b'{"ocs":{"meta":{"status":"failure","statuscode":998,"message":"Invalid query, please check the syntax. API '
    b'specifications are here: http:\\/\\/www.freedesktop.org\\/wiki\\/Specifications\\/open-collaboration-services.\\n"},'
    b'"data":[]}}'
)


@pytest.mark.parametrize(
    ("app", "path", "body", "kind"),
    [  # as 34.0.1 answered some seconds after `occ app:disable`
        ("spreed", "/ocs/v2.php/apps/spreed/api/v4/room", NO_ROUTE, "application/json; charset=utf-8"),
        ("circles", "/ocs/v2.php/apps/circles/circles", NO_ROUTE, "application/json; charset=utf-8"),
        ("groupfolders", "/index.php/apps/groupfolders/folders/3/groups", b"", "text/html; charset=UTF-8"),
    ],
)
def test_a_path_of_a_disabled_app_is_no_missing_object(app: str, path: str, body: bytes, kind: str) -> None:
    found = answer("POST", path, 404, body)
    found.headers["Content-Type"] = kind
    error = fault_of(found, "digitalnetzwerk")
    assert isinstance(error, AppMissing) and f"occ app:enable {app}" in error.remedy.en


@pytest.mark.parametrize(
    ("path", "body"),
    [  # as it answers while the app is there
        ("/index.php/apps/groupfolders/folders/99999/quota", b'{"message":"Groupfolder not found"}'),
        ("/ocs/v2.php/apps/spreed/api/v4/room/zzzzz", b'{"ocs":{"meta":{"statuscode":404,"message":""},"data":[]}}'),
        ("/ocs/v2.php/apps/files_sharing/api/v1/shares", NO_ROUTE),
    ],
)
def test_what_an_app_does_not_have_is_only_not_there(path: str, body: bytes) -> None:
    assert isinstance(fault_of(answer("POST", path, 404, body), "digitalnetzwerk"), NotThere)


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (507, "Sabre\\DAV\\Exception\\InsufficientStorage", "quota_full"),
        (413, "OCA\\DAV\\Connector\\Sabre\\Exception\\EntityTooLarge", "quota_full"),
        (413, "", "refused"),
    ],
)
def test_a_full_folder_is_told_apart_in_whatever_language_the_server_says_it(status, kind, code):
    found = fault_of(answer("PUT", FILES, status, sabre(kind, "Nicht genügend Speicherplatz")), "dienst")
    assert found.code == code
    assert ("quota" in found.remedy.de) == (code == "quota_full")
