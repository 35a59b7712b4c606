"""Which language a request is answered in: what the student chose, else what the browser prefers."""

from flask import request

from nnlab import i18n

COOKIE = "nnlab_language"


def of_request() -> str:
    """A language that nnlab speaks."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in i18n.LANGUAGES:
        return chosen
    return i18n.preferred([tag for tag, _ in request.accept_languages])
