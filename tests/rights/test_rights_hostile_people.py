"""A list of contacts as people really keep it: odd accounts, other capitals, rows twice. It costs those rows alone."""

from __future__ import annotations

from rights_oracle import Contact
from rights_town import Town

LONG = "x" * 64
ODD = ("a+b", "ümlaut", "gibt.es.nicht", "<b>fett</b>", "🎓", "\u202erückwärts", "y" * 65)


def test_odd_rows_cost_themselves_and_a_second_run_writes_nothing() -> None:
    town = Town({"a": ("u0", "anna@kreis"), "b": (LONG, "anna@kreis")})
    try:
        town.document = {
            "administrations": {
                "a": {"name": "Stadt Anders", "group": "a"},
                "b": {"name": "Stadt Borken", "group": "b"},
            },
            "exchange_groups": {"g0": {"name": "G" * 127, "lead": ["u0"], "members": [{"topic": "ozg"}]}},
            "projects": {},
            "calendars": {},
        }
        rows = ("U0", "ANNA@kreis", "anna@kreis", LONG, LONG, *ODD)
        town.contacts = [Contact(account, "a", ("ozg",)) for account in rows]
        run = town.apply(verify=True)
        assert run.code == 0, run.problems
        assert {each.code for each in run.problems} >= {"unknown_account", "person_in_two_administrations"}
        assert set(town.seen().rights.teams["g0"]) == {"u0", "anna@kreis", LONG}
        again, writes = town.writes(lambda: town.apply(verify=True))
        assert (writes, again.plan.changes) == ([], ())
    finally:
        town.close()
