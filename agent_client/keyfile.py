"""The database's key on disk: in a SecretBox under a passphrase stretched by argon2id."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from agent_client.durable import replace_file
from agent_client.problems import AgentProblem

KEY_BYTES: Final = 32
FORMAT: Final = "lorong-key-1"
_MIB: Final = 1024 * 1024
_MOST_ROUNDS: Final = 64
_MOST_MIB: Final = 4096


@dataclass(frozen=True, slots=True)
class Cost:
    """What stretching a passphrase costs: rounds of argon2id and its memory in MiB."""

    rounds: int
    memory_mib: int


def write_key(path: Path, key: bytes, passphrase: str, cost: Cost, label: str = "") -> None:
    """Write the key, wrapped; whole or not at all, readable by its owner alone. OSError.

    `label` is whose it is, in clear: it is shown before anybody has typed a passphrase.
    """
    salt = random(argon2id.SALTBYTES)
    box = SecretBox(_stretch(passphrase, salt, cost)).encrypt(key)
    wrapped: dict[str, object] = {
        "format": FORMAT,
        "rounds": cost.rounds,
        "memory_mib": cost.memory_mib,
        "salt": salt.hex(),
        "box": box.hex(),
    }
    if label:
        wrapped["label"] = label
    replace_file(path, json.dumps(wrapped).encode("ascii"))


def read_key(path: Path, passphrase: str) -> bytes:
    """Return the key; AgentProblem `key_damaged` or `passphrase_wrong`, OSError."""
    cost, salt, box = _wrapped(path)
    try:
        return SecretBox(_stretch(passphrase, salt, cost)).decrypt(box)
    except CryptoError as error:
        raise AgentProblem("passphrase_wrong") from error


def is_sound(path: Path) -> bool:
    """Tell whether a file holds a wrapped key; only a passphrase tells more. OSError."""
    try:
        _wrapped(path)
    except (AgentProblem, FileNotFoundError):
        return False
    return True


def read_label(path: Path) -> str:
    """Return whose key it is, "" where the file does not say."""
    try:
        label = json.loads(path.read_bytes())["label"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return label if isinstance(label, str) else ""


def _wrapped(path: Path) -> tuple[Cost, bytes, bytes]:
    raw = path.read_bytes()
    try:
        return _parts(json.loads(raw))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AgentProblem("key_damaged", path=str(path)) from error


def _parts(wrapped: Any) -> tuple[Cost, bytes, bytes]:
    if wrapped["format"] != FORMAT:
        raise ValueError("another format")
    cost = Cost(int(wrapped["rounds"]), int(wrapped["memory_mib"]))
    # A damaged number must not freeze the laptop or take all its memory.
    if not (1 <= cost.rounds <= _MOST_ROUNDS and 1 <= cost.memory_mib <= _MOST_MIB):
        raise ValueError("a cost that this program never writes")
    salt, box = bytes.fromhex(wrapped["salt"]), bytes.fromhex(wrapped["box"])
    if (len(salt), len(box)) != (
        argon2id.SALTBYTES,
        SecretBox.NONCE_SIZE + SecretBox.MACBYTES + KEY_BYTES,
    ):
        raise ValueError("another length")
    return cost, salt, box


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return argon2id.kdf(
        SecretBox.KEY_SIZE,
        passphrase.encode("utf-8", "surrogateescape"),
        salt,
        opslimit=cost.rounds,
        memlimit=cost.memory_mib * _MIB,
    )
