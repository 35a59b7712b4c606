"""The lab: ``gunicorn app:server`` serves it to a class, ``python app.py`` to yourself, on any system."""

from nnlab.web.factory import create_app
from nnlab.web.settings import Settings

settings = Settings.from_environment()
app = create_app(settings)
server = app.server

if __name__ == "__main__":
    print(f"nnlab is at http://localhost:{settings.port}")
    server.run(host="127.0.0.1", port=settings.port, threaded=True)
