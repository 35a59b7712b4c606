"""The lab: ``gunicorn app:server`` serves it to a class, ``python app.py`` to yourself, on any system."""

import logging
import threading

# The worker processes read this file too, under the name __mp_main__, and need no page.
if __name__ != "__mp_main__":
    from nnlab.web.factory import EXECUTOR, create_app
    from nnlab.web.settings import Settings

    settings = Settings.of_this_process()
    app = create_app(settings)
    server = app.server

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would write down who asked for what
    print(settings.welcome())
    threading.Thread(target=server.extensions[EXECUTOR].start, daemon=True).start()
    server.run(host=settings.bind, port=settings.port, threaded=True)
