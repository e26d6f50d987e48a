"""What a page must never do: ask anybody but this machine, complain in its console, fail."""

from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Error,
    Request,
    Response,
    WebError,
    WebSocketRoute,
)

HERE = "127.0.0.1"
_WITHIN = ("about", "blob", "data")
# No timer: a test may have stopped the page's clock.
_SOON = """() => new Promise(soon => {
  const line = new MessageChannel();
  line.port1.onmessage = soon;
  line.port2.postMessage(0);
})"""
# A question that a newer one replaced, while one types on; what fails says sendError as well.
_REPLACED = ("htmx:sendAbort", "htmx:afterRequest")
_REFUSED = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Guard:
    """Keeps what the pages of a browser's contexts do, and judges it at the end of a test."""

    requests: list[str] = field(default_factory=list)
    _errors: list[str] = field(default_factory=list)
    _complaints: list[tuple[str, str]] = field(default_factory=list)
    _refusals: set[str] = field(default_factory=set)
    _expected: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Notice whatever happens on every page of a context from now on."""
        context.on("request", self._take_request)
        context.on("response", self._take_response)
        context.on("console", self._take_message)
        context.on("weberror", self._take_error)
        context.route_web_socket("**", self._take_socket)

    def see_out(self, context: BrowserContext) -> None:
        """Close a context, once its pages have told all that they have to tell."""
        for page in context.pages:
            with suppress(Error):  # a page on its way elsewhere has nobody to ask
                page.evaluate(_SOON)
        context.close()

    def expect(self, words: str) -> None:
        """Let complaints pass whose text has these words, as where a test cuts the line."""
        self._expected.append(words)

    def expect_gone(self) -> None:
        """Let the complaints pass of a page whose program is killed by the test."""
        self._expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"]
        self._expected += ["console: htmx:sendError"]

    def wrong(self) -> list[str]:
        """Return a line for each thing that should not have been."""
        foreign = [f"request to another host: {url}" for url in self.requests if _leaves(url)]
        complaints = [
            f"console: {text} ({url})"
            for text, url in self._complaints
            if not (text.startswith(_REFUSED) and url in self._refusals)
            and not text.startswith(_REPLACED)
        ]
        found = [*foreign, *complaints, *self._errors]
        return [line for line in found if not any(words in line for words in self._expected)]

    def check(self) -> None:
        """Fail where anything is wrong."""
        assert not self.wrong(), "\n".join(["what a page must never do:", *self.wrong()])

    def _take_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _take_response(self, response: Response) -> None:
        # The console complains of every 4xx; a page that was refused on purpose is none.
        if response.request.is_navigation_request() and 400 <= response.status < 500:
            self._refusals.add(response.url)

    def _take_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append((message.text, message.location["url"]))

    def _take_error(self, error: WebError) -> None:
        self._errors.append(f"uncaught error: {error.error.message}")

    def _take_socket(self, socket: WebSocketRoute) -> None:
        self.requests.append(socket.url)


def _leaves(url: str) -> bool:
    parts = urlsplit(url)
    return parts.hostname != HERE and parts.scheme not in _WITHIN
