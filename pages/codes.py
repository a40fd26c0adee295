"""An address as a QR code: black on white in both themes, clean under the page's policy."""

import segno
from django.utils.safestring import SafeString

BLACK, WHITE = "#000", "#fff"
PIXELS = 3  # of one module; a phone reads it from a screen and from paper


def qr_svg(address: str, *, pixels: int = PIXELS) -> SafeString:
    """The code as an SVG element, for a page or a file; the address is nothing but modules."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=pixels, dark=BLACK, light=WHITE, svgclass="qr", lineclass=None)
    return SafeString(svg)
