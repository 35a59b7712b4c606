"""The lab in the browser: the only room that knows Dash and Flask."""
