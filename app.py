"""The lab: ``gunicorn app:server`` serves it to a class, ``python app.py`` to yourself, on any system."""

import logging

from nnlab.web.factory import create_app
from nnlab.web.settings import Settings

settings = Settings.from_environment()
app = create_app(settings)
server = app.server

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would write down who asked for what
    print(settings.welcome())
    server.run(host=settings.bind, port=settings.port, threaded=True)
