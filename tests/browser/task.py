"""A teacher's task as a test gives it: the link that holds it, and what the page says of a change that it refuses."""

import json
from urllib.parse import quote

TEXT = "XOR has four corners.\n\n1. Watch the cost.\n2. Add <b>hidden units</b> & see."
QUESTION = "Will one line do?"


def link(controls=None, *, title="One line", text=TEXT, question=None, settings="", page="/"):
    """A link with a task, as plain JSON, which the page packs itself."""
    task = {"title": title, "text": text, "question": question, "controls": controls or {}}
    return f"{page}#{settings + '&' if settings else ''}task={quote(json.dumps(task))}"


NOTICED = "document.getElementById('task-notice').textContent"


def settled(lab):
    lab.until("document.documentElement.dataset.run !== 'under way'")
    lab.at_rest()
