"""The lab as an application for a WSGI server: ``nnlab.web.wsgi:server``."""

from nnlab.web.factory import create_app
from nnlab.web.settings import Settings

server = create_app(Settings.of_this_process()).server
