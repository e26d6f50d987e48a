"""QR codes as SVG to stand in a page."""

import segno


def qr_svg(text: str, title: str) -> str:
    """Return a QR code as SVG, `title` for those who cannot see it.

    Without style and script, dark on light in every colour scheme, as scanners want it.
    """
    drawn: str = segno.make_qr(text, error="m").svg_inline(
        title=title, svgclass="qr", lineclass=None, omitsize=True, dark="#000", light="#fff"
    )
    return drawn.replace("<svg ", '<svg role="img" ', 1)
