"""The server is busy, away, or breaks off; and other people use it at the same time."""

import pytest

import nnlab


@pytest.fixture
def answered(lab):
    """Answer the page's runs in the server's place; undone afterwards."""

    def by(handler):
        lab.page.route(f"{lab.url}/run", handler)

    yield by
    lab.page.unroute(f"{lab.url}/run")


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


@pytest.mark.timed
def test_a_server_that_stays_busy_is_asked_until_it_answers(lab, answered):
    lab.expected = ["503", "busy"]
    asked = []

    def busy(route):
        asked.append(route)
        route.fulfill(status=503, headers={"Retry-After": "0"}, json={"errors": []})

    answered(busy)
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('run-state').textContent === 'busy, retrying'")
    lab.js("dispatchEvent(new Event('online'))")
    lab.page.wait_for_timeout(100)
    assert len(asked) == 2, "when the network comes back it asks at once"
    lab.page.unroute(f"{lab.url}/run")
    lab.page.locator("body").press("Space")  # so does whoever plays
    lab.trained(learning_rate=0.4)


def test_a_lost_server_is_found_again_without_a_hand(lab, answered):
    lab.expected = ["ERR_FAILED", "fetch"]
    answered(lambda route: route.abort())
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('run-state').textContent === 'connection lost'")
    lab.page.unroute(f"{lab.url}/run")
    lab.trained(learning_rate=0.4)
    lab.until("document.getElementById('banner').textContent === ''")


def test_without_a_network_every_page_says_so_once_and_goes_on_when_it_is_back(lab):
    lab.expected = ["ERR_INTERNET_DISCONNECTED", "fetch", "callback"]
    lab.go("map")
    lab.page.context.set_offline(True)
    lab.type("learning_rate", "0.4")
    lab.until("document.documentElement.dataset.run === 'lost'")
    assert lab.text("banner").startswith("The connection to the server was lost.")
    assert lab.js("document.querySelectorAll('#body-map .run-state')[0].textContent") == "connection lost"
    lab.page.locator("[data-page-link=lab]").click()
    lab.until("nnlab.workspace.page === nnlab.lab && document.documentElement.dataset.run === 'lost'")
    assert lab.text("run-state") == "connection lost"
    lab.page.context.set_offline(False)
    lab.trained(learning_rate=0.4)
    lab.until("document.getElementById('run-state').textContent === 'trained'")
    assert lab.text("banner") == ""


QUESTIONS = {
    "formulas": (
        "document.querySelector('#view-formulas summary').click()",
        "document.querySelector('#formulas-body mjx-container')",
    ),
    "table": (
        """(document.getElementById('own-data-text').value = '1,2,1\\n-3,4,0',
            document.getElementById('own-data-take').click())""",
        "nnlab.workspace.history.experiment.points?.length === 2",
    ),
    "points": (
        """{
          const made = URL.createObjectURL.bind(URL);
          URL.createObjectURL = (file) => {
            URL.createObjectURL = made;
            return made((window.saved = file));
          };
          document.getElementById('own-data-save').click();
        }""",
        "window.saved?.type === 'text/csv'",
    ),
    "playground-link": (
        """(document.getElementById('playground-link').value = '#networkShape=3',
            document.getElementById('playground-open').click())""",
        "!document.getElementById('playground').hidden",
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_was_asked_without_a_server_is_said_and_answered_once_it_is_back(lab, name):
    lab.expected = ["ERR_FAILED", "fetch"]
    asked, answered = QUESTIONS[name]
    lab.page.route("**/ask/**", lambda route: route.abort())
    lab.js(asked)
    lab.page.locator("#banner", has_text="The connection to the server was lost.").wait_for()
    lab.page.unroute("**/ask/**")
    lab.page.locator("#banner button").click()
    lab.until(answered)
    lab.until("document.getElementById('banner').textContent === ''")


def test_a_busy_server_is_asked_again_and_a_newer_question_takes_the_place_of_an_older(lab):
    lab.expected = ["503"]
    asked = []

    def busy(route):
        asked.append(route.request.post_data_json["text"])
        route.fulfill(status=503, json={"errors": []}) if len(asked) < 3 else route.continue_()

    lab.page.route("**/ask/**", busy)
    for text in ("1,1,0\n2,2,1", "5,5,0\n6,6,1"):
        lab.js("text => (document.getElementById('own-data-text').value = text)", text)
        lab.js("document.getElementById('own-data-take').click()")
        lab.until("document.documentElement.dataset.run === 'busy'")
    lab.until("nnlab.workspace.history.experiment.points?.length === 2")
    assert lab.experiment["points"] == [[5, 5, 0], [6, 6, 1]]
    assert asked[0] == "1,1,0\n2,2,1"
    assert set(asked[2:]) == {"5,5,0\n6,6,1"}
    lab.page.unroute("**/ask/**")


def test_a_drag_that_was_lost_is_followed_again_and_what_was_said_before_is_said(lab, answered):
    lab.expected = ["ERR_FAILED", "fetch"]
    answered(lambda route: route.abort())
    hand = lab.hand("slider-learning_rate").press()
    hand.drag(0.6)
    lab.until("document.documentElement.dataset.run === 'lost'")
    lab.page.unroute(f"{lab.url}/run")
    hand.drag(0.66)
    lab.until("nnlab.lab.views.recording.experiment.learning_rate !== 0.2")
    assert lab.text("run-state") == "trained"
    assert lab.text("banner") == ""
    hand.release()
    lab.trained()


def test_an_error_of_ours_is_no_lost_connection(new_lab):
    lab = new_lab()
    lab.expected = ["a fault of ours"]
    lab.js("() => { nnlab.lab.views.metrics.begin = () => { throw new Error('a fault of ours'); }; }")
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('banner').textContent.includes('went wrong')")
    lab.until("nnlab.lab.recording.tail || nnlab.lab.recording.arrived")
    assert lab.text("run-state") != "connection lost"
    assert lab.text("banner").count("went wrong") == 1
    lab.type("learning_rate", "0.5")
    lab.until("nnlab.lab.recording.experiment.learning_rate === 0.5")
    assert lab.text("banner") == "", "it was said once"
    assert any("a fault of ours" in error for error in lab.errors)
    lab.js("() => { delete nnlab.lab.views.metrics.begin; }")
    lab.type("learning_rate", "0.6")
    lab.trained(learning_rate=0.6)


def test_a_page_of_another_version_is_told_to_be_reloaded(lab, answered):
    lab.expected = ["422"]
    errors = [{"field": "version", "rule": "choice", "bound": "3", "value": 2}]
    answered(lambda route: route.fulfill(status=422, json={"errors": errors}))
    lab.type("learning_rate", "0.4")
    lab.page.locator("#banner", has_text="reload").wait_for()


def test_an_answer_belongs_to_its_request(lab, answered):
    """Leaving the Lab with a change under way: the map takes it on, and the old answer changes nothing."""
    waiting = []
    answered(lambda route: waiting.append(route))
    lab.type("learning_rate", "0.4")
    lab.until("document.documentElement.dataset.run === 'under way'")
    lab.page.locator("[data-page-link=map]").click()
    lab.until("nnlab.workspace.pages.map.recording?.head.experiment.learning_rate === 0.4")
    lab.done()
    for route in waiting:
        route.continue_()
    lab.page.unroute(f"{lab.url}/run")
    assert lab.experiment["learning_rate"] == 0.4
    lab.go("lab")
    lab.trained(learning_rate=0.4)


def test_undo_takes_back_the_change_that_is_under_way(lab, answered):
    lab.type("learning_rate", "0.4")
    lab.trained(learning_rate=0.4)
    waiting = []
    answered(lambda route: waiting.append(route))
    lab.type("learning_rate", "0.6")
    lab.until("nnlab.workspace.wanted.experiment.learning_rate === 0.6")
    lab.page.unroute(f"{lab.url}/run")
    assert lab.page.locator("#redo").is_disabled()
    lab.page.locator("#undo").click()
    lab.trained(learning_rate=0.4)
    lab.until("nnlab.workspace.history.experiment.learning_rate === 0.4")


def test_the_very_first_change_can_be_taken_back_while_it_is_under_way(lab, answered):
    waiting = []
    answered(lambda route: waiting.append(route))
    lab.type("learning_rate", "0.6")
    lab.until("nnlab.workspace.wanted.experiment.learning_rate === 0.6")
    lab.page.unroute(f"{lab.url}/run")
    lab.page.locator("#undo").click()
    lab.trained(learning_rate=0.2)
    lab.until("document.getElementById('undo').disabled")


def test_a_lost_connection_is_said_and_the_page_stays(lab, answered):
    lab.expected = ["ERR_FAILED", "fetch"]
    answered(lambda route: route.abort())
    lab.type("learning_rate", "0.4")
    lab.until("document.getElementById('run-state').textContent === 'connection lost'")
    assert lab.text("banner").startswith("The connection to the server was lost.")
    lab.seek(30)
    assert lab.epoch == lab.js("nnlab.lab.recording.epochs[30]")
    lab.page.unroute(f"{lab.url}/run")
    lab.type("learning_rate", "0.5")
    lab.trained(learning_rate=0.5)
    assert lab.text("banner") == ""


def test_a_stream_that_breaks_off_keeps_what_has_come(lab, answered):
    lab.expected = ["broke off", "ERR_FAILED"]
    halves = []

    def half(route):
        if halves:  # it asks again by itself
            return route.abort()
        halves.append(route)
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
    there = lab.js("nnlab.lab.recording.parameters.filter(Boolean).length")
    assert 0 < there < 202, "the newest network came first, and the way there has a gap"
    assert lab.epoch == 201
    for _ in range(2):
        lab.page.locator("#theme").click()
    lab.seek(3)
    assert lab.state == "paused"
    newest = lab.js("nnlab.lab.recording.parameters.findLastIndex(Boolean)")
    assert lab.js("nnlab.lab.views.index") == newest, "what is here stays in sight"


def test_a_newer_change_is_the_one_that_is_seen(lab):
    lab.watch()
    rates = ["0.3", "0.4", "0.5", "0.6", "0.7"]
    for rate in rates:
        lab.type("learning_rate", rate)
    lab.trained(learning_rate=0.7)
    painted = [frame["rate"] for frame in lab.painted()]
    assert painted == sorted(painted)


def test_two_browsers_at_once_never_see_each_others_run(lab, lab_in):
    other = lab_in("ru-RU")
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
        assert one.js("nnlab.lab.recording.tail.cost") == nnlab.train(nnlab.Experiment(**settings)).cost[-1]
        allowed = {0.2, *map(float, rates[gate])}
        assert {frame["rate"] for frame in one.painted()} <= allowed
