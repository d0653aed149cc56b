"""docs/api.md tells the truth: its examples run against a server, and what it says about routes and settings holds."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from assistant.access import AccessRules
from assistant.api import create_app
from assistant.compose import CONCURRENT, RATE, LiveService
from assistant.library_desk import LibraryDesk
from assistant.limits import MAX_BODY_BYTES, MAX_QUESTION
from assistant.schemas import MAX_HISTORY
from assistant.settings import PREFIX, ApiKey, Settings

from .invented import MEMBERS, Place
from .live_server import serving

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "api.md").read_text("utf-8")
ADDRESS, KEY = "http://127.0.0.1:8000", "kagi"
ASKED = "TAMA産業活性化協議会の発足時の会員数はいくつですか？"
CHROMIUM = shutil.which("chromium")
SH, PYTHON, JS, JSON = (
    re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S) for kind in ("sh", "python", "js", "json")
)


@pytest.fixture(scope="module")
def site(service: LiveService, indexed: Place) -> Iterator[str]:
    rules = AccessRules((ApiKey(name="docs", role="reader", key=SecretStr(KEY)),))
    with serving(create_app(service, LibraryDesk(indexed.home), rules=rules)) as address:
        yield address


def here(block: str, site: str) -> str:
    """The example with this server's address, and a question that its documents answer."""
    assert KEY in block
    return block.replace(ADDRESS, site).replace(ASKED, MEMBERS)


def run(*command: str) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_kind_of_example_is_there() -> None:
    assert (len(SH), len(PYTHON), len(JS), len(JSON)) == (5, 3, 1, 2)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl: apt-get install curl")
@pytest.mark.parametrize("number", range(len(SH)))
def test_the_examples_with_curl_answer(site: str, number: int) -> None:
    shown = run("bash", "-euc", here(SH[number], site))
    words = [
        ["120", '"citations"'],
        ["event: evidence", "event: answer", "120"],
        ["85"],
        ['"passages"', '"documents"'],
        ["出典", "120"],
    ]
    assert all(word in shown.translate(str.maketrans("０１２５８", "01258")) for word in words[number]), shown
    assert '"status":4' not in shown


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_the_examples_in_python_run(site: str, number: int) -> None:
    shown = run(sys.executable, "-c", here(PYTHON[number], site))
    assert "120" in shown.translate(str.maketrans("０１２", "012"))
    assert "みなみ" in shown
    assert number or "422 質問が空です" in shown


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium")
def test_the_example_in_javascript_runs_in_a_browser(site: str) -> None:
    from playwright.sync_api import sync_playwright

    shown: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda message: shown.append(message.text) if message.type == "log" else None)
        page.goto(f"{site}/healthz")
        page.evaluate(f"async () => {{ {here(JS[0], site)} }}")
        browser.close()
    answer = httpx.post(f"{site}/v1/ask", json={"question": MEMBERS}, headers={"x-api-key": KEY}, timeout=60).json()
    assert shown[0] == answer["answer"]
    assert len([line for line in shown if re.match(r"\[\d+\] みなみ", line)]) == len(answer["citations"])
    assert "".join(shown[1 + len(answer["citations"]) :]) == answer["answer"]


def test_the_configuration_for_mcp_clients_reaches_the_tools(site: str) -> None:
    entry = json.loads(here(JSON[1], site))["mcpServers"]["tenkyo"]
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = entry["headers"] | {"accept": "application/json, text/event-stream"}
    tools = httpx.post(entry["url"], json=message, headers=headers).json()["result"]["tools"]
    named = re.findall(r"`(\w+)`", PAGE.partition("道具は三つです：")[2].partition("。")[0])
    assert [tool["name"] for tool in tools] == named


def test_the_problem_that_is_shown_is_the_one_that_is_sent(site: str) -> None:
    response = httpx.post(f"{site}/v1/ask", json={"question": ""}, headers={"x-api-key": KEY})
    assert response.json() == json.loads(JSON[0])


def test_the_limits_are_those_of_the_code() -> None:
    assert set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", PAGE)) <= {PREFIX + name.upper() for name in Settings.model_fields}
    assert f"1分{RATE.partition('/')[0]}件" in PAGE
    assert f"キーごとに{CONCURRENT}件" in PAGE
    assert f"1分{AccessRules().guesses.partition('/')[0]}回" in PAGE
    assert f"{MAX_QUESTION:,}字" in PAGE
    assert f"{MAX_HISTORY}往復" in PAGE
    assert f"{MAX_BODY_BYTES // 1_000_000}MB" in PAGE
