"""The lab: ``gunicorn app:server`` serves it to a class, ``python app.py`` to yourself, on any system."""

if __name__ == "__main__":
    from nnlab.web.serving import serve

    serve()
elif __name__ != "__mp_main__":  # processes that train many networks read this file too, and need no page
    from nnlab.web.wsgi import server as server
