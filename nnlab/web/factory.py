"""The application factory: create_app() makes the Dash app and registers every endpoint on its server."""

import dash_bootstrap_components  # noqa: F401  its import tells Dash to serve its JavaScript

from nnlab.web import assets, compression, join_page, not_found
from nnlab.web.document import LabApp
from nnlab.web.http.json_endpoint import JsonEndpoints
from nnlab.web.http.scheduler import Scheduler
from nnlab.web.many import many_endpoints
from nnlab.web.pages import formulas_section, layout, lazy_pages, own_data_editor, playground_links
from nnlab.web.runs import run_endpoint
from nnlab.web.settings import Settings
from nnlab.work.executor import Executor
from nnlab.work.fallback_executor import open_executor

EXECUTOR = "nnlab.executor"
"""The key of the executor among the server's extensions; gunicorn's hooks, or serving.py, start it and shut it down."""


def create_app(settings: Settings | None = None, executor: Executor | None = None) -> LabApp:
    """Create the lab: ``create_app().server`` is the WSGI application that a server runs.

    Args:
        settings: from the environment if left out.
        executor: trains many networks; if left out, a cluster or processes of this machine, started when needed.
    """
    settings = settings or Settings()
    version = assets.fingerprint()
    app = LabApp(
        settings=settings,
        version=version,
        assets_ignore=".*",  # nnlab serves its own, under one fingerprint
        suppress_callback_exceptions=True,  # to check them, Dash would need the layout, which is a request's
        update_title=None,
    )
    server = app.server
    assets.register(server, version)
    compression.register(server)
    scheduler = Scheduler(settings.most_runs)
    run_endpoint.register(server, scheduler)
    executor = executor or open_executor(settings.dask, settings.processes)
    server.extensions[EXECUTOR] = executor
    many_endpoints.register(server, executor, Scheduler(settings.most_jobs), scheduler)
    join_page.register(server, settings, version)
    app.layout = layout.layout
    for page in (layout, lazy_pages):
        page.register(app)
    endpoints = JsonEndpoints(server, scheduler)
    for section in (formulas_section, own_data_editor, playground_links):
        section.register(endpoints)
    not_found.register(server, version)
    # Dash finishes its set-up at the first request, and two first requests at once would race for it
    server.test_client().get("/_dash-dependencies")
    return app
