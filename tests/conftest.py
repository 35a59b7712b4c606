"""What holds for every test: retries are reported, and no server's traceback goes unseen."""

pytest_plugins = ("tests.retries", "tests.server_logs")
