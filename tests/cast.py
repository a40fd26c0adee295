"""The people of the end-to-end tests; plain text, known to the stage and to the browser."""

import base64
import hmac
import struct
import time
from dataclasses import dataclass

PASSWORD = "road-through-the-house-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SUPPLIER = "north-grid"
TWO_FACTORS = {"officer", "head", "analyst", "auditor", "admin", "delegate"}


@dataclass(frozen=True)
class Who:
    """One person: sign-in, name as histories show it, role and body."""

    email: str
    name: str
    role: str
    agency: str = ""


CAST = {
    "member": Who("member@portal.example", "Madina Member", "member", "association"),
    "rival": Who("rival@portal.example", "Ruslan Rival", "member", "association"),
    "officer": Who("officer@portal.example", "Olga Officer", "officer", "energy"),
    "head": Who("head@portal.example", "Hamit Head", "head", "energy"),
    "analyst": Who("analyst@portal.example", "Aliya Analyst", "analyst", "energy"),
    "atameken": Who("atameken@portal.example", "Asel Atameken", "officer", "atameken"),
    "association": Who("blockchain@portal.example", "Bolat Blockchain", "officer", "association"),
    "atameken_head": Who("chamber@portal.example", "Kanat Chamber", "head", "atameken"),
    "association_head": Who("block-head@portal.example", "Nurlan Chain", "head", "association"),
    "auditor": Who("auditor@portal.example", "Amir Auditor", "auditor"),
    "supplier": Who("supplier@portal.example", "Serik Supplier", "supplier", SUPPLIER),
    "admin": Who("admin@portal.example", "Ainur Admin", "admin"),
}


def code_now(secret: str = SECRET) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    offset = digest[-1] & 0x0F
    value = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{value % 10**6:06d}"
