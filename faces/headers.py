"""What a page's answer tells the browser not to do."""

from typing import Final

from flask import Blueprint, Flask, Response

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
    "Cache-Control": "no-store",
}


def protect(pages: Flask | Blueprint) -> None:
    """Set HEADERS on every answer of an app, or of one blueprint; what is set already stays."""
    pages.after_request(finished)


def finished(answer: Response) -> Response:
    """Set HEADERS on one answer; what is set already stays."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
