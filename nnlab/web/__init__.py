"""The lab in the browser, on Dash and Flask: pages, controls, and the HTTP endpoints that the pages call."""
