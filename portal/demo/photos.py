"""Photos that show nothing real: drawn containers, and DEMO across them."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from portal.demo.names import draw

SIZE = (1280, 960)
HORIZON = 560


def draw_photo(serial: int) -> "ContentFile[bytes]":
    """A JPEG of a yard with containers, different for each serial number."""
    dice = draw(f"photo:{serial}")
    sky, ground = ((168, 187, 204), (122, 112, 98)) if serial % 2 else ((44, 52, 66), (58, 56, 54))
    image = Image.new("RGB", SIZE, sky)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HORIZON, *SIZE), fill=ground)
    left = 60
    while left < SIZE[0] - 260:
        width, height = dice.randint(180, 320), dice.randint(170, 260)
        top = HORIZON + 60 - height
        colour = dice.choice([(94, 108, 120), (132, 92, 66), (86, 112, 96)])
        pen.rectangle((left, top, left + width, HORIZON + 60), fill=colour, outline=(40, 40, 40))
        for fan in range(left + 40, left + width - 30, 70):
            pen.ellipse((fan - 24, top + 40, fan + 24, top + 88), outline=(25, 25, 25), width=5)
        left += width + dice.randint(20, 60)
    pen.text(
        (110, 690), f"DEMO {serial:02d}", font=ImageFont.load_default(170), fill=(236, 236, 236)
    )
    written = BytesIO()
    image.save(written, "JPEG", quality=80)
    return ContentFile(written.getvalue(), name=f"demo_photo_{serial:02d}.jpg")
