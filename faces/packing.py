"""Answers packed on their way: a page of 25 kB travels as one of 6."""

import gzip
from typing import Final

from flask import Response, request

_WORTH_PACKING: Final = 500
_LEVEL: Final = 6


def packed(answer: Response) -> Response:
    """Gzip an answer where the caller takes it and it is worth it (Flask.after_request)."""
    answer.vary.add("Accept-Encoding")
    takes = request.accept_encodings["gzip"] > 0
    if (
        not takes
        or answer.is_streamed
        or answer.direct_passthrough
        or "Content-Encoding" in answer.headers
    ):
        return answer
    data = answer.get_data()
    if len(data) >= _WORTH_PACKING:
        answer.set_data(gzip.compress(data, _LEVEL, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer
