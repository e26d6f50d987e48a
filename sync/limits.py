"""The numbers of the exchange, in one place (sync/PROTOCOL.md, Transport)."""

from typing import Final

PROTOCOL: Final = 1
PROTOCOL_MIN: Final = 1
HEADER: Final = "Lorong-Protocol"
SCHEMA: Final = 1
KINDS: Final = ("enrolment",)
ENCODINGS: Final = ("identity", "gzip")

API: Final = "/api/v1"
PING: Final = f"{API}/ping"
DEVICES: Final = f"{API}/devices"
EXCHANGE: Final = f"{API}/exchange"
REFERENCE: Final = f"{API}/reference/"
RECONCILE: Final = f"{API}/reconcile"

BODY_BYTES: Final = 1024 * 1024
UNPACKED_BYTES: Final = 8 * 1024 * 1024
CONTENT_BYTES: Final = 64 * 1024
BATCH: Final = 500
RECONCILE_RECORDS: Final = 1000
DEPTH: Final = 8
INTEGER: Final = 2**53 - 1
ERRORS: Final = 30

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 60.0
EXCHANGE_SECONDS: Final = 2.0
"""How long one exchange should take on the link at hand; the batch size adapts to it."""

BACKOFF_FIRST_SECONDS: Final = 2.0
BACKOFF_MOST_SECONDS: Final = 300.0
BUSY_SECONDS: Final = 60.0
"""How long to wait on 429 or 503 without a Retry-After."""

SERVER_ERRORS_IN_A_ROW: Final = 3
SET_ASIDE_SECONDS: Final = 24 * 3600
OFFSET_AGREES_SECONDS: Final = 120

PURGE_DAYS: Final = 14
"""How long a laptop keeps personal data after a verdict that asks nothing, in usual settings."""
PURGE_REJECTED_DAYS: Final = 90
"""The same after a rejection."""
