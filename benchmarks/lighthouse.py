"""`python -m benchmarks.lighthouse --password …`: what Lighthouse says of a running Headway.

Start Headway with `python3 run.py`; it prints the password of its demonstration. Needs Node and
Chromium; `npx` fetches Lighthouse. Prints the scores of each page and the bytes of its first load.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

PAGES = ("/meridian/", "/meridian/metrics/reading-grade-3/")
KINDS = ("performance", "accessibility", "best-practices")
VERSION = "lighthouse@12"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    cookies = signed_in(asked.address, asked.email, asked.password)
    for page in asked.pages or PAGES:
        found = measured(asked.address + page, cookies)
        sys.stdout.write(f"{page}: {told(found)}\n")
        for name, words in short_of(found):
            sys.stdout.write(f"  {name}: {words}\n")
    return 0


def signed_in(address: str, email: str, password: str) -> str:
    """The cookies of someone who has signed in by the form."""
    jar = CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    form = address + "/accounts/login/"
    token = TOKEN.search(read(opener, form))
    if token is None:
        raise SystemExit(f"{form} shows no form to sign in with. Is Headway running there?")
    sent = {"csrfmiddlewaretoken": token[1], "login": email, "password": password}
    read(opener, form, urlencode(sent).encode())
    found = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
    if "sessionid" not in found:
        raise SystemExit(f"{email} could not sign in at {address}. Check the password.")
    return found


def read(opener: OpenerDirector, address: str, sent: bytes | None = None) -> str:
    with opener.open(address, sent, timeout=30) as answer:
        text: str = answer.read().decode()
    return text


def measured(address: str, cookies: str) -> dict[str, Any]:
    """Lighthouse's report of one page, on a desktop."""
    with tempfile.TemporaryDirectory() as folder:
        headers, report = Path(folder) / "headers.json", Path(folder) / "report.json"
        headers.write_text(json.dumps({"Cookie": cookies}))
        command = [
            "npx", "--yes", VERSION, address, "--preset=desktop", "--output=json", "--quiet",
            f"--output-path={report}", f"--extra-headers={headers}", f"--chrome-flags={FLAGS}",
            f"--only-categories={','.join(KINDS)}",
        ]  # fmt: skip
        chrome = os.environ.get("CHROME_PATH") or "/usr/bin/chromium"
        subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chrome})
        found: dict[str, Any] = json.loads(report.read_text())
    return found


def told(report: dict[str, Any]) -> str:
    """“performance 99, accessibility 100, best-practices 100; 92 kB”."""
    scores = [f"{kind} {report['categories'][kind]['score'] * 100:.0f}" for kind in KINDS]
    weight = report["audits"]["total-byte-weight"]["numericValue"]
    return f"{', '.join(scores)}; {weight / 1000:.0f} kB in the first load"


def short_of(report: dict[str, Any]) -> list[tuple[str, str]]:
    """Each check that counts and is not kept in full, with what was found."""
    counted = {
        row["id"] for kind in KINDS for row in report["categories"][kind]["auditRefs"]
        if row["weight"]
    }  # fmt: skip
    audits = (report["audits"][name] for name in sorted(counted))
    return [
        (row["id"], row.get("displayValue") or row["title"])
        for row in audits
        if row["score"] is not None and row["score"] < 1
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"of {', '.join(PAGES)}")
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--email", default="delivery@meridian.example")
    parser.add_argument("--password", required=True, help="as `python3 run.py` prints it")
    return parser


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
