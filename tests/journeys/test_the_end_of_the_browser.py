"""The browser and its event loop are gone when a test begins that asks for none, whatever ran before."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

A_JOURNEY = """
def test_a_journey(page):
    page.set_content("<p>Hello</p>")

def test_another_journey(chromium):
    assert chromium.is_connected()
"""
ANOTHER_TEST = """
import asyncio
import os

def test_another_test():
    asyncio.run(asyncio.sleep(0))
    assert "DJANGO_ALLOW_ASYNC_UNSAFE" not in os.environ
"""
A_BROWSER_OF_ITS_OWN = """
from playwright.sync_api import sync_playwright

def test_it_forgets_the_end():
    sync_playwright().start()
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Runs tests in this order, in one process, with the journeys' plugin."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def run(*tests):
        files = [pytester.path / f"test_{number}.py" for number, _test in enumerate(tests)]
        for file, test in zip(files, tests, strict=True):
            file.write_text(test)
        plugins = ["-p", "tests.journeys.browser", "-p", "no:django", "-p", "no:randomly"]
        return pytester.runpytest_subprocess("--import-mode=importlib", *plugins, *files)

    return run


def test_a_test_after_a_journey_finds_no_event_loop(run):
    run(A_JOURNEY, ANOTHER_TEST, A_JOURNEY + ANOTHER_TEST, A_JOURNEY).assert_outcomes(passed=8)


def test_who_leaves_an_event_loop_behind_fails_the_next_test(run):
    result = run(A_BROWSER_OF_ITS_OWN, ANOTHER_TEST)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*left an event loop in this thread*"])
