"""Every page that a person of the trial comes to by its links, each kind of page once."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from html import unescape

from django.conf import settings

from tests.waiting import LONGEST_WAIT

LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(r"[0-9a-f-]{36}|\d+")
ELSEWHERE = ("/static/", "/admin/", "/accounts/")
SERVER_ERROR = 500


class Walker:
    def __init__(self, address: str, username: str):
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        [token, *_others] = TOKEN.findall(self.get("/accounts/login/")[1])
        said = {"login": username, "password": settings.DEMO_PASSWORD, "csrfmiddlewaretoken": token}
        self.get("/accounts/login/", urllib.parse.urlencode(said).encode())

    def get(self, path: str, sent: bytes | None = None) -> tuple[int, str]:
        request = urllib.request.Request(self.address + path, sent, {"Referer": self.address + "/"})
        try:
            with self.opener.open(request, timeout=LONGEST_WAIT) as answer:
                is_page = "html" in answer.headers.get("Content-Type", "")
                return answer.status, answer.read().decode() if is_page else ""
        except urllib.error.HTTPError as error:
            return error.code, ""

    def walk(self, *starts: str) -> dict[str, int]:
        """What each page answered, by its address."""
        waiting, kinds, answers = deque(starts), set(), {}
        while waiting:
            path = waiting.popleft()
            kind = kind_of(path)
            if kind in kinds or path.startswith(ELSEWHERE):
                continue
            kinds.add(kind)
            answers[path], content = self.get(path)
            waiting.extend(unescape(found) for found in LINK.findall(content))
        return answers


def kind_of(path: str) -> str:
    """The address without its keys and without what its question says."""
    parts = urllib.parse.urlsplit(path)
    asked = sorted({name for name, _value in urllib.parse.parse_qsl(parts.query)})
    return f"{KEY.sub('0', parts.path)}?{'&'.join(asked)}"


def that_fail(address: str, username: str, *starts: str) -> list[str]:
    answers = Walker(address, username).walk("/", *starts)
    assert len(answers) > 50, answers  # somebody is signed in, and came far
    return [f"{username} {path}: {code}" for path, code in answers.items() if code >= SERVER_ERROR]
