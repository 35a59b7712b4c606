"""The HTML document around Dash's layout: language, theme, styles, scripts, and the configuration for JavaScript."""

import json
from html import escape
from typing import Any

from dash import Dash
from flask import request

from nnlab.i18n import translator
from nnlab.web import assets
from nnlab.web.configuration import configuration
from nnlab.web.http.request import preferred_language
from nnlab.web.pages.lazy_pages import PAGES
from nnlab.web.settings import Settings

THEME_COOKIE = "nnlab_theme"

UNNEEDED = ("/deps/polyfill@", "/dash_table/", "/dash_core_components-shared.")
"""Scripts of Dash that are left out: for browsers without modules, for tables of Dash's own, and what its formulas and
menus share, which they load themselves."""

OPENING = (assets.FOLDER / "js/load_watchdog.js").read_text(encoding="utf-8")

# load_watchdog.js stands first: it reports whatever else does not load.
# The theme is set before anything is painted: a dark room must not see a white flash.
TEMPLATE = """<!DOCTYPE html>
<html lang="{language}" data-page="{page}"{theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{description}">
<title>{title}</title>
<script data-lost="{lost}" data-slow="{slow}" data-retry="{retry}">{opening}</script>
<link rel="icon" href="/static/{version}/icon.svg" type="image/svg+xml">
<link rel="preload" href="/static/{version}/fonts/inter-latin.woff2" as="font" type="font/woff2" crossorigin>
<link rel="modulepreload" href="{plotly}/core.mjs">
<link rel="modulepreload" href="{plotly}/flat.mjs">
<link rel="stylesheet" href="/static/{version}/vendor/bootstrap.min.css">
<link rel="stylesheet" href="/static/{version}/nnlab.css">
<script>if (!document.documentElement.dataset.bsTheme) document.documentElement.dataset.bsTheme =
  matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";</script>
<script id="configuration" type="application/json">{configuration}</script>
</head>
<body>
<noscript>{noscript}</noscript>
<div id="opening" class="banner" role="alert"></div>
<div id="react-entry-point"><div class="_dash-loading">{loading}</div></div>
<footer>{config}{scripts}{renderer}
<script type="module" src="{plotly}/flat.mjs"></script>
<script type="module" src="/static/{version}/js/main.mjs"></script></footer>
</body>
</html>"""


class LabApp(Dash):
    """A Dash app that serves the lab's own HTML document."""

    def __init__(self, *, settings: Settings, version: str, **options: Any) -> None:
        super().__init__(__name__, **options)
        self._settings, self._version = settings, version

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # Dash passes them by name
        """Write the HTML document for one request, in its language and theme."""
        language = preferred_language()
        text = translator(language)
        theme = request.cookies.get(THEME_COOKIE)
        return TEMPLATE.format(
            **{key: parts[key] for key in ("config", "renderer")},
            scripts=needed_scripts(parts["scripts"]),
            language=language,
            page=page_of(request.path),
            theme=f' data-bs-theme="{theme}"' if theme in ("light", "dark") else "",
            title=text("page.title"),
            description=text("page.description"),
            noscript=text("page.noscript"),
            loading=text("page.loading"),
            lost=escape(text("page.lost")),
            slow=escape(text("page.slow")),
            retry=escape(text("run.retry")),
            opening=OPENING,
            version=self._version,
            plotly=f"/static/{self._version}/{assets.PLOTLY}",
            configuration=_for_script(configuration(language, self._settings.class_url())),
        )


def needed_scripts(scripts: str) -> str:
    """Dash's script elements, one a line, without those that are left out."""
    return "\n".join(line for line in scripts.splitlines() if not any(name in line for name in UNNEEDED))


def page_of(path: str) -> str:
    """The name of the page at an address; the Lab's for any other address."""
    name = path.strip("/")
    return name if name in PAGES else PAGES[0]


def _for_script(value: dict[str, Any]) -> str:
    """JSON that is safe inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
