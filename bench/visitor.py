"""A browser without a screen: cookies, forms, packed answers, and what each took."""

import gzip
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

_TOKEN: Final = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_LINKED: Final = re.compile(
    r'<(?:link [^>]*href|script [^>]*src|img [^>]*src)="([^"]+)"', re.IGNORECASE
)
_WAY: Final = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `size` are the bytes of its body on the way, `seconds` until the last came."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    size: int
    seconds: float

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def leads_to(self) -> str | None:
        """Return the path that a browser would go to from here."""
        return self.headers.get("location") or self.headers.get("hx-redirect")

    def linked(self) -> list[str]:
        """Return the paths of the styles, scripts and pictures of a page, each once."""
        found = (urljoin(self.path, one) for one in _LINKED.findall(self.text))
        return [one for one in dict.fromkeys(found) if one.startswith("/")]

    def is_kept(self) -> bool:
        """Tell whether a browser keeps it and need not ask again."""
        kept = self.headers.get("cache-control", "")
        return "max-age=" in kept and "no-cache" not in kept and "max-age=0" not in kept


@dataclass(slots=True)
class Visitor:
    """One browser at a page's address (127.0.0.1:PORT), on one connection."""

    host: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    _line: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self._line = HTTPConnection(self.host, timeout=60)

    def get(self, path: str) -> Answer:
        """Fetch a path."""
        return self._ask("GET", path)

    def post(self, path: str, form: Mapping[str, str]) -> Answer:
        """Send a form, with the token of the page that was seen last."""
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **form}).encode())

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads, to the end, and return that page with the whole way's time.

        RuntimeError where it leads to no page.
        """
        seconds = answer.seconds
        for _ in range(_WAY):
            if answer.leads_to is None:
                break
            answer = self.get(answer.leads_to)
            seconds += answer.seconds
        if answer.status != 200:
            raise RuntimeError(f"{answer.path} answered {answer.status}")
        return replace(answer, seconds=seconds)

    def visit(self, path: str) -> Answer:
        """Fetch a path, and go where it leads."""
        return self.follow(self.get(path))

    def close(self) -> None:
        """Leave."""
        self._line.close()

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        headers = {"Accept-Encoding": "gzip", "Accept": "text/html,*/*"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={it}" for name, it in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://{self.host}"
        begun = time.perf_counter()
        self._line.request(method, path, body, headers)
        response = self._line.getresponse()
        raw = response.read()
        seconds = time.perf_counter() - begun
        self._keep_cookies(response)
        told = {name.lower(): it for name, it in response.getheaders()}
        if "location" in told:
            place = urlsplit(told["location"])
            told["location"] = f"{place.path}?{place.query}" if place.query else place.path
        unpacked = gzip.decompress(raw) if told.get("content-encoding") == "gzip" else raw
        answer = Answer(path, response.status, told, unpacked, len(raw), seconds)
        if found := _TOKEN.search(unpacked.decode(errors="replace")):
            self.token = found[1]
        return answer

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
