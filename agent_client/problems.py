"""What stops a command on the laptop: a stable code, said to the person as a sentence.

AgentProblem        the command ends with exit code 1; nothing that was saved is lost
"""

from typing import Any


class AgentProblem(Exception):
    """A command cannot go on; `code` stands in agent_client/sentences/problems.py.

    `params` fill the sentence and never hold a NIK, a name, a phone number or a passphrase.
    `cause` is the code of a problem beneath it, where there is one (the office's, say).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
