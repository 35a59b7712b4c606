"""A Dash app for each test that requests one."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from nnlab.web.document import LabApp
from nnlab.web.factory import create_app
from nnlab.web.settings import Settings


@pytest.fixture(scope="session")
def app() -> LabApp:
    return create_app(Settings(public_url="http://192.0.2.7:8050"))


class ReadingClient(FlaskClient):
    """Reads every answer to its end, as a browser does, so that files are closed."""

    def open(self, *arguments: Any, **options: Any) -> Any:
        return super().open(*arguments, **{"buffered": True} | options)


@pytest.fixture
def client(app: LabApp) -> FlaskClient:
    app.server.test_client_class = ReadingClient
    return app.server.test_client()
