"""sync: exchange with the office once, or for as long as the program runs."""

import json
from threading import Lock
from typing import Any

import click

from agent_client.commands.session import Session, TellingCommand, as_json, keep_trace, problem_body
from agent_client.news import News, Told, news_body, news_lines
from agent_client.problems import AgentProblem
from agent_client.status import line_of, read_status
from agent_client.store.captures import count_unsettled
from agent_client.store.queue import never_sent
from agent_client.vault import Vault
from agent_client.worker import Worker
from sync.report import Report

_CLOCK_EVERY_SECONDS = 5.0


@click.command(cls=TellingCommand)
@click.option("--watch", is_flag=True, help="Go on until stopped, and send whenever the line is.")
@as_json
@click.pass_context
def sync(context: click.Context, watch: bool, as_json: bool) -> None:
    """Send what waits, take in what the office says, fetch the lists that changed.

    Exit code 0 where nothing waits any more, 1 where something does.
    """
    session: Session = context.obj
    with session.vault() as vault, session.until_stopped():
        if watch:
            _watch(session, vault, as_json)
            return
        settled = _sync_once(session, vault, as_json)
    if not settled:
        context.exit(1)


def _sync_once(session: Session, vault: Vault, as_json: bool) -> bool:
    news = News(vault, session.clock)
    report = session.exchanger(vault).run()
    told = news.take()
    status = read_status(vault, session.client)
    settled = report.problem is None and not line_waits(status.counts)
    if as_json:
        body = {**report_body(report, session.lang), "settled": settled, **news_body(told)}
        click.echo(json.dumps(body, ensure_ascii=False))
        return settled
    for line in news_lines(told, session.lang):
        click.echo(line)
    if report.receipts_bad:
        click.echo(session.tell("receipts_bad"), err=True)
    click.echo(line_of(status, session.lang), err=not settled)
    return settled


def line_waits(counts: Any) -> bool:
    """Tell whether anything has no verdict yet."""
    return bool(count_unsettled(counts))


def report_body(report: Report, lang: str) -> dict[str, Any]:
    """Return a run's report as `--json` shows it."""
    problem = report.problem
    counted = {name: getattr(report, name) for name in _COUNTED}
    return {**counted, "problem": None if problem is None else problem_body(problem.code, lang)}


_COUNTED = (
    "exchanges",
    "sent",
    "acknowledged",
    "retry",
    "ignored",
    "resaved",
    "changes",
    "set_aside",
    "reopened",
    "receipts_bad",
    "receipts_unchecked",
)


def _watch(session: Session, vault: Vault, as_json: bool) -> None:
    printer = _Printer(session, vault, as_json)
    exchanger = session.exchanger(vault)

    def run() -> Report:
        report = exchanger.run()
        printer.tell()
        return report

    def news() -> bool:
        with vault.reading() as tx:
            return never_sent(tx) > 0

    worker = Worker(
        session.settings,
        run=run,
        probe=exchanger.probe,
        news=news,
        failed=printer.tell_failure,
    )
    worker.start()
    try:
        while not session.clock.stop.wait(_CLOCK_EVERY_SECONDS):
            worker.heed_clock()
    finally:
        session.clock.stop.set()
        worker.stop()
        printer.tell()


class _Printer:
    """Prints one line for each change, and the line's state whenever it changes."""

    def __init__(self, session: Session, vault: Vault, as_json: bool) -> None:
        self._session, self._vault, self._as_json = session, vault, as_json
        self._news = News(vault, session.clock)
        self._line = ""
        self._lock = Lock()

    def tell(self) -> None:
        """Print what is new."""
        with self._lock:
            told = self._news.take()
            line = line_of(read_status(self._vault, self._session.client), self._session.lang)
            self._print(told, line)

    def tell_failure(self, error: Exception) -> None:
        """Print why a run could not be made."""
        if isinstance(error, AgentProblem):
            code, params = error.code, error.params
        else:
            kept = keep_trace(self._session.settings.home, error)
            code, params = "unexpected", {"path": str(kept)}
        click.echo(f"{self._session.tell(code, **params)} [{code}]", err=True)

    def _print(self, told: Told, line: str) -> None:
        lang = self._session.lang
        changed, self._line = line != self._line, line
        if self._as_json:
            body = news_body(told)
            for kind, bodies in body.items():
                for one in bodies:
                    click.echo(json.dumps({kind.removesuffix("s"): one}, ensure_ascii=False))
            if changed:
                click.echo(json.dumps({"line": line}, ensure_ascii=False))
            return
        for text in (*news_lines(told, lang), *((line,) if changed else ())):
            click.echo(text)
