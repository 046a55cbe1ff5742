"""What mail programs do to the addresses in mails."""

from __future__ import annotations

import re


def mended(token: str) -> str:
    """The token without what mail programs add: white space from wrapped lines, `=` and `=3D` of quoted-printable,
    closing brackets and full stops of the sentence around it."""
    token = re.sub(r"\s|=3[Dd]|=|%20|%0[ADad]", "", token)
    return re.split(r"[><)\]\"'&]", token, maxsplit=1)[0].rstrip(".,;:!?")
