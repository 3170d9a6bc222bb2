"""What `occ` says to us and about us: registering, unregistering, and the command that Nextcloud offers."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from journeys_town import THREE, Town, row
from web_inside import SECRET, Inside, Listening, described, listen

from network.errors import PersonMustAct, Unreachable
from network.settings import ExApp, Settings
from network.state import Leases
from plugin.cli.main import run as command_line
from plugin.exapp import occ
from plugin.exapp.identity import APP
from plugin.exapp.probing import exapp_probes
from plugin.exapp.registering import Answer, register, unregister
from plugin.exapp.state import Noticeboard

SYNC = "digitalnetzwerk:sync"


def test_a_run_is_told_line_by_line(inside: Inside, town: Town) -> None:
    town.save([*THREE, row(4, "Barrierefreiheit")])
    town.wait(hours=1)
    said = town.sandbox.world.ex_apps.run(inside.app, SYNC)
    assert said.startswith("Der Abgleich läuft …\n")
    assert "calendar:schulungen: eintragen: Barrierefreiheit" in said
    assert "Prüfnummer: " in said
    assert "Barrierefreiheit" in town.titles()


def test_a_second_run_has_nothing_to_tell_and_looks_at_everything_when_asked(inside: Inside, town: Town) -> None:
    programs = town.sandbox.world.ex_apps
    programs.run(inside.app, SYNC)
    before = town.mark()
    assert "eintragen" not in programs.run(inside.app, SYNC)
    quiet = town.mark() - before
    assert "eintragen" not in programs.run(inside.app, SYNC, verify=True)
    assert town.mark() - before - quiet > quiet


def test_whoever_is_at_work_already_is_named_and_nothing_is_done(inside: Inside, town: Town) -> None:
    leases = Leases(inside.running.state.engine, holder="anderswo:1", clock=lambda: town.now().timestamp())
    leases.take(["network:probe-kreis"])
    before = len(town.writes())
    said = town.sandbox.world.ex_apps.run(inside.app, SYNC)
    assert "anderswo" in said
    assert len(town.writes()) == before


def test_the_settings_say_how_the_service_is_and_only_what_is_new(inside: Inside, town: Town) -> None:
    board = Noticeboard(inside.running)

    def said() -> str:
        board.look()
        return str(inside.app.shown["settings", APP]["description"])

    assert "alles ist abgeglichen" in said()
    before = len(town.sandbox.requests)
    town.wait(minutes=2)
    said()
    assert len(town.sandbox.requests) == before
    town.swap("administrations:", "adminstrations:")
    assert not inside.running.reload()
    town.wait(minutes=2)
    assert "Die Konfiguration ist fehlerhaft" in said()


def test_a_nextcloud_that_does_not_know_us_is_not_asked_again_and_again(inside: Inside, town: Town) -> None:
    town.sandbox.world.ex_apps.unregister(inside.app)
    board = Noticeboard(inside.running)
    board.look()
    before = len(town.sandbox.requests)
    town.wait(hours=1)
    board.look()
    assert len(town.sandbox.requests) == before


# ------------------------------------------------------------------ registering


class Server:
    """`occ` of the sandbox, with the sentences of Nextcloud 34.0.1."""

    def __init__(self, town: Town, address: str) -> None:
        self.programs = town.sandbox.world.ex_apps
        self.address = address
        self.asked: list[str] = []
        self.machine: dict[str, str] | None = None
        self.has_app_api = True

    def __call__(self, command: occ.Command) -> Answer:
        self.asked.append(command[0])
        if not self.has_app_api:
            return Answer(1, 'There are no commands defined in the "app_api" namespace.')
        return getattr(self, "_" + command[0].removeprefix("app_api:").replace(":", "_"))(*command[1:])

    def _daemon_list(self, _format: str) -> Answer:
        return Answer(0, json.dumps([self.machine]) if self.machine else "No registered daemon configs.\n")

    def _daemon_register(self, name: str, shown: str, kind: str, protocol: str, host: str, url: str) -> Answer:
        self.machine = {"name": name, "deploy_id": kind, "protocol": protocol, "host": host}
        return Answer(0, "Daemon config successfully registered.\n")

    def _daemon_unregister(self, name: str) -> Answer:
        self.machine = None
        return Answer(0, "Daemon config unregistered.\n")

    def _app_list(self) -> Answer:
        app = self.programs.find(APP)
        state = "" if app is None else f"{APP} (Digitalnetzwerk): 0.1.0 [{'enabled' if app.enabled else 'disabled'}]\n"
        return Answer(0, f"ExApps:\n{state}")

    def _app_register(self, name: str, daemon: str, wait: str, info: str) -> Answer:
        given = json.loads(info.removeprefix("--json-info="))
        app = described(self.address)
        app.secret = given["secret"]
        self.programs.register(app)
        return Answer(0, f"ExApp {name} deployed successfully.\nExApp {name} successfully registered.\n")

    def _app_enable(self, name: str) -> Answer:
        app = self.programs.find(name)
        assert app is not None
        self.programs.enable(app)
        return Answer(0, f"ExApp {name} successfully enabled.\n")

    def _app_unregister(self, name: str, force: str) -> Answer:
        app = self.programs.find(name)
        assert app is not None
        self.programs.unregister(app)
        return Answer(0, f"ExApp {name} successfully unregistered.\n")


@pytest.fixture
def listening(town: Town) -> Iterator[Listening]:
    found = listen(town)
    town.swap("http://127.0.0.1:8080", found.address)
    assert found.running.reload()
    yield found
    found.close()


def configured(listening: Listening) -> tuple[Settings, ExApp, dict[str, str]]:
    settings = listening.running.settings
    assert settings.service.exapp is not None
    return settings, settings.service.exapp, dict(listening.running.environment)


def test_registering_puts_netzwerk_into_the_top_bar_and_twice_does_nothing(listening: Listening, town: Town) -> None:
    server = Server(town, listening.address)
    said = [each.de for each in register(*configured(listening), server)]
    assert said[0] == f"Nextcloud weiß, wo der Dienst läuft: {listening.address}"
    assert said[-1] == f"„Netzwerk“ steht in der oberen Leiste von {town.sandbox.url}."
    app = server.programs.find(APP)
    assert app is not None and ("top-menu", "netzwerk") in app.shown
    server.asked.clear()
    assert next(iter(register(*configured(listening), server))).de == "Der Dienst war schon eingetragen."
    assert server.asked == ["app_api:app:list", "app_api:daemon:list"]


def test_what_was_disabled_is_enabled_again(listening: Listening, town: Town) -> None:
    server = Server(town, listening.address)
    list(register(*configured(listening), server))
    app = server.programs.find(APP)
    assert app is not None
    server.programs.disable(app)
    assert "Er war ausgeschaltet und ist wieder eingeschaltet." in [
        each.de for each in register(*configured(listening), server)
    ]
    assert app.enabled


def test_unregistering_leaves_nothing_and_twice_says_so(listening: Listening, town: Town) -> None:
    server = Server(town, listening.address)
    list(register(*configured(listening), server))
    assert [each.de for each in unregister(server)] == [
        "Nextcloud kennt den Dienst nicht mehr.",
        "Seine Adresse ist dort gelöscht.",
    ]
    assert server.programs.find(APP) is None and server.machine is None
    assert [each.de for each in unregister(server)] == ["Der Dienst war nicht eingetragen."]


def test_another_secret_there_is_told_after_one_try(listening: Listening, town: Town) -> None:
    server = Server(town, listening.address)
    list(register(*configured(listening), server))
    app = server.programs.find(APP)
    assert app is not None
    app.secret = "f" * 32
    with pytest.raises(PersonMustAct) as refusal:
        list(register(*configured(listening), server))
    assert refusal.value.message.de == "Nextcloud kennt ein anderes Geheimnis"


def test_another_machine_there_is_told_or_put_right(listening: Listening, town: Town) -> None:
    server = Server(town, listening.address)
    server.machine = {"name": APP, "protocol": "https", "host": "alt.example"}
    list(register(*configured(listening), server))
    assert server.machine["host"] == "127.0.0.1"
    server.machine["host"] = "alt.example"
    with pytest.raises(PersonMustAct) as refusal:
        list(register(*configured(listening), server))
    assert "https://alt.example" not in refusal.value.message.de
    assert "http://alt.example" in refusal.value.message.de


def test_a_server_without_appapi_is_told_what_to_switch_on(listening: Listening, town: Town) -> None:
    server = Server(town, listening.address)
    server.has_app_api = False
    with pytest.raises(PersonMustAct) as refusal:
        list(register(*configured(listening), server))
    assert refusal.value.remedy.de == "occ app:enable app_api"


def test_nothing_is_registered_while_the_service_does_not_answer(listening: Listening, town: Town) -> None:
    settings, written, environment = configured(listening)
    server = Server(town, listening.address)
    with pytest.raises(Unreachable):
        list(register(settings, written.model_copy(update={"address": "http://127.0.0.1:9"}), environment, server))
    assert server.asked == []


def test_check_says_whether_nextcloud_shows_us_and_what_is_missing(listening: Listening, town: Town) -> None:
    settings, written, environment = configured(listening)

    def found() -> tuple[bool, str, tuple[str, ...]]:
        (probe,) = exapp_probes(settings, environment)
        return probe.ok, probe.message.de, probe.commands

    assert found()[1:] == (
        "Nextcloud kennt den Dienst nicht, oder mit einem anderen Geheimnis (service.exapp)",
        occ.registration_lines(settings, written),
    )
    server = Server(town, listening.address)
    list(register(settings, written, environment, server))
    assert found()[0]
    app = server.programs.find(APP)
    assert app is not None
    server.programs.disable(app)
    assert found()[2] == ("occ app_api:app:enable digitalnetzwerk",)
    environment["EXAPP_SECRET"] = "kurz"
    assert "openssl rand -hex 32" in found()[1]
    town.sandbox.fail_next("GET", "ex-app/state", 404)
    environment["EXAPP_SECRET"] = SECRET
    assert found()[2] == ("occ app:enable app_api",)


# ------------------------------------------------------------------ the command line


def test_the_lines_can_be_copied_and_hold_no_secret(
    town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    town.swap("service:\n", "service:\n  exapp: {secret: env:EXAPP_SECRET, address: 'http://10.0.0.5:8080'}\n")
    monkeypatch.setenv("EXAPP_SECRET", SECRET)
    assert command_line(["-c", str(town.config), "--json", "exapp", "register"]) == 0
    lines = json.loads(capsys.readouterr().out)["commands"]
    assert SECRET not in "".join(lines)
    assert lines[0].startswith(
        "occ app_api:daemon:register digitalnetzwerk Digitalnetzwerk manual-install http 10.0.0.5 "
    )
    said = shell(f"occ() {{ printf '%s\\n' \"$@\"; }}; EXAPP_SECRET={SECRET}; {lines[1]}").splitlines()
    assert said[:4] == ["app_api:app:register", APP, "digitalnetzwerk", "--wait-finish"]
    info = json.loads(said[4].removeprefix("--json-info="))
    assert (info["secret"], info["port"], info["routes"][0]["access_level"]) == (SECRET, 8080, 1)


def shell(script: str) -> str:
    import subprocess

    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout


def test_with_occ_the_command_is_carried_out_and_its_refusal_told(
    listening: Listening,
    town: Town,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EXAPP_SECRET", SECRET)
    script = tmp_path / "occ.py"
    script.write_text(
        "import sys\n"
        "if sys.argv[1] == 'app_api:app:list': print('ExApps:')\n"
        "elif sys.argv[1] == 'app_api:daemon:list': print('No registered daemon configs.')\n"
        "elif sys.argv[1] == 'app_api:daemon:register': print('Daemon config successfully registered.')\n"
        "else: print('ExApp heartbeat check failed.'); sys.exit(1)\n"
    )
    assert command_line(["-c", str(town.config), "exapp", "register", "--occ", f"{sys.executable} {script}"]) == 3
    told = capsys.readouterr()
    assert "Nextcloud weiß, wo der Dienst läuft" in told.out
    assert "occ hat abgelehnt: ExApp heartbeat check failed." in told.err


def test_without_the_section_it_says_what_to_write(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["-c", str(town.config), "exapp", "register"]) == 2
    assert "address: http://10.0.0.5:8080" in capsys.readouterr().err


def test_the_shipped_description_says_what_is_registered() -> None:
    import xml.etree.ElementTree as ET

    root = ET.parse(Path(__file__).parents[2] / "appinfo" / "info.xml").getroot()
    routes = [
        (
            each.findtext("url"),
            each.findtext("verb"),
            each.findtext("access_level"),
            each.findtext("headers_to_exclude"),
        )
        for each in root.iter("route")
    ]
    assert routes == [
        (each.url, each.verb, {1: "USER"}[each.access_level], json.dumps(list(each.headers_to_exclude)))
        for each in occ.ROUTES
    ]
    description = json.loads(occ.register(ExApp.model_construct(address="http://a:1"), "s")[-1].partition("=")[2])
    assert (root.findtext("id"), root.findtext("version")) == (description["id"], description["version"])
