"""The demonstration goes on until Ctrl-C, and its pages are open for its invented staff."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import requests


def test_a_coordinator_of_the_demonstration_logs_in_and_sees_the_trainings(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "plugin.cli", "demo", "--port", "0", "--language", "en", "--data", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        pages = next(found[1] for line in demo.stdout if (found := re.search(r"Pages: (http://\S+),", line)))
        browser = requests.Session()
        asked = browser.get(f"{pages}/login", allow_redirects=False, timeout=10).headers["Location"]
        form = {"user": "erika.beispiel", "password": "demo"}
        back = browser.post(asked, data=form, allow_redirects=False, timeout=10).headers["Location"]
        browser.get(back, timeout=20)
        shown = browser.get(f"{pages}/", timeout=20, headers={"Accept-Language": "en"})
        demo.send_signal(signal.SIGINT)
        demo.stdout.read()
        assert demo.wait(30) == 0
    assert shown.status_code == 200
    assert "Erika Beispiel" in shown.text
    assert shown.text.count("/schulung/") > 30
