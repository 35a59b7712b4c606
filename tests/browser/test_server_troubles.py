"""The server is busy, away, or breaks off; and other people use it at the same time."""

import pytest

import nnlab


@pytest.fixture
def answered(lab):
    """Answer the page's runs in the server's place; undone afterwards."""

    def by(handler):
        lab.page.route("**/run", handler)

    yield by
    lab.page.unroute("**/run")


def test_a_busy_server_is_asked_again(lab, answered):
    lab.expected = ["503"]
    asked = []

    def busy_once(route):
        asked.append(route.request.post_data)
        if len(asked) > 1:
            route.continue_()
        else:
            errors = [{"field": "server", "rule": "busy", "bound": None, "value": None}]
            route.fulfill(status=503, headers={"Retry-After": "1"}, json={"errors": errors})

    answered(busy_once)
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('run-state').textContent === 'busy, retrying'")
    lab.trained(learning_rate=0.4)
    assert lab.text("run-state") == "trained"
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_a_server_that_stays_busy_is_given_up(lab, answered):
    lab.expected = ["503", "busy"]
    answered(lambda route: route.fulfill(status=503, headers={"Retry-After": "0"}, json={"errors": []}))
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('run-state').textContent === 'connection lost'")


def test_a_lost_connection_is_said_and_the_page_stays(lab, answered):
    lab.expected = ["ERR_FAILED", "fetch"]
    answered(lambda route: route.abort())
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('run-state').textContent === 'connection lost'")
    assert lab.text("banner").startswith("The connection to the server was lost.")
    lab.seek(30)
    assert lab.epoch == lab.js("nnlab.lab.player.recording.frames[30].epoch")
    lab.page.unroute("**/run")
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    assert lab.text("banner") == ""


def test_a_stream_that_breaks_off_keeps_what_has_come(lab, answered):
    lab.expected = ["broke off"]

    def half(route):
        answer = route.fetch()
        route.fulfill(
            status=200,
            content_type="application/vnd.nnlab.run",
            body=answer.body()[: len(answer.body()) // 2],
        )

    answered(half)
    lab.page.locator("#replay").click()  # so that the player waits for a last frame that never comes
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('run-state').textContent === 'connection lost'")
    assert 0 < lab.js("nnlab.lab.player.recording.frames.length") < 120
    for _ in range(2):
        lab.page.locator("#theme").click()
    lab.seek(3)
    assert lab.state == "paused"


def test_a_newer_change_is_the_one_that_is_seen(lab):
    lab.watch()
    rates = ["0.3", "0.4", "0.5", "0.6", "0.7"]
    for rate in rates:
        lab.type("learning_rate", rate)
    lab.trained(learning_rate=0.7)
    painted = [frame["rate"] for frame in lab.painted()]
    assert painted == sorted(painted)


def test_two_browsers_at_once_never_see_each_others_run(lab, new_lab):
    other = new_lab(locale="ru-RU")
    gates = {"and": lab, "nor": other}
    rates = {"and": ("0.3", "0.31", "0.32"), "nor": ("0.6", "0.61", "0.62")}
    for gate, one in gates.items():
        one.choose("dataset", gate)
        one.trained(dataset=gate)
        one.watch()
    for step in range(3):
        for gate, one in gates.items():
            one.type("epochs", 2000 + step)
            one.type("learning_rate", rates[gate][step])
    for gate, one in gates.items():
        settings = {"dataset": gate, "epochs": 2002, "learning_rate": float(rates[gate][-1])}
        one.trained(**settings)
        assert (
            one.js("nnlab.lab.player.recording.tail.cost")
            == nnlab.train(nnlab.Experiment(**settings)).cost[-1]
        )
        allowed = {0.2, *map(float, rates[gate])}
        assert {frame["rate"] for frame in one.painted()} <= allowed
