"""run: the agent's page in the browser."""

import webbrowser

import click

from agent_client.commands.session import LaptopCommand, Session
from agent_client.running import run


@click.command(name="run", cls=LaptopCommand)
@click.option("--port", type=click.IntRange(0, 65_535), help="The port; any free one is 0.")
@click.option("--no-browser", is_flag=True, help="Only print the link; open no browser.")
@click.pass_obj
def run_command(session: Session, port: int | None, no_browser: bool) -> None:
    """Open the agent's page in the browser, and send whenever the line is there.

    Goes on until it is stopped (Ctrl-C). A second start opens the page of the first.
    """

    def tell(link: str, already: bool) -> None:
        click.echo(link)
        if already:
            session.say(
                "Lorong sudah berjalan; halamannya dibuka.",
                "Lorong is running already; its page is opened.",
            )
        else:
            session.say(
                "Lorong berjalan. Tautan ini berlaku satu kali, satu menit. Berhenti: Ctrl-C.",
                "Lorong is running. This link works once, for a minute. Stop it by Ctrl-C.",
            )
        if not no_browser:
            webbrowser.open(link)

    with session.until_stopped():
        run(session, port, tell)
