"""A TensorFlow Playground link, typed or pasted, opens as the same settings; what has no equal is listed."""

import pytest

from nnlab.formats.playground_link import translate

from .task import link
from .test_accessibility import LANGUAGES

LINK = (
    "https://playground.tensorflow.org/#activation=relu&batchSize=10&dataset=circle&regDataset=reg-plane"
    "&learningRate=0.03&regularizationRate=0&noise=20&networkShape=4,2&seed=0.5&showTestData=false&discretize=true"
    "&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=true&ySquared=false&cosX=false&sinX=false&cosY=false"
    "&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false"
)
SHORT = "#networkShape=3&dataset=gauss&initZero=true&x=true"


def typed(lab, text):
    lab.page.locator("#menu-files > summary").click()
    lab.page.locator("#playground-link").fill(text)
    lab.page.locator("#playground-link").press("Enter")


def opened(lab, text):
    lab.trained(**lab.js("(its) => its", {
        name: list(value) if isinstance(value, tuple) else value for name, value in translate(text).settings.items()
    }))  # fmt: skip


def pasted(lab, text, target="document.body"):
    lab.js(
        """([text, target]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          (new Function(`return ${target}`)()).dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        [text, target],
    )


def test_a_link_opens_with_its_view_and_what_is_not_equal_is_listed(lab):
    typed(lab, LINK)
    opened(lab, LINK)
    assert lab.page.locator("[data-view=boundary] [data-part=classes] input").is_checked()
    assert not lab.page.locator("[data-view=boundary] [data-part=tests] input").is_checked()
    assert lab.text("playground-words") == "What is not the same here:"
    assert lab.page.locator("#playground-unequal li").all_inner_texts() == [
        "seed=0.5: the seed is kept, but it draws other points and other weights here.",
        "Biases start at 0 here, at 0.1 in the playground.",
    ]
    assert not lab.js("document.getElementById('menu-files').open")
    lab.until("location.hash.includes('view.tests=0') && location.hash.includes('view.classes=1')")
    lab.page.locator("#playground-close").click()
    assert lab.page.locator("#playground").is_hidden()
    lab.page.locator("#undo").click()
    lab.trained(dataset="xor")


def test_what_is_all_equal_is_said_to_be(lab):
    typed(lab, SHORT)
    opened(lab, SHORT)
    assert lab.text("playground-words") == "All of it is the same here."
    assert lab.page.locator("#playground-unequal li").count() == 0


def test_of_many_differences_the_first_are_listed_as_text(lab):
    typed(lab, SHORT + "".join(f"&<b>{number}</b>=1" for number in range(20)))
    opened(lab, SHORT)
    items = lab.page.locator("#playground-unequal li")
    items.nth(12).wait_for()
    assert items.count() == 13
    assert items.first.inner_text() == "<b>0</b>=1: this is not known here."
    assert items.last.inner_text() == "… and 8 more."
    assert lab.js("document.querySelectorAll('#playground b').length") == 0


def test_another_text_is_said_to_be_none_and_changes_nothing(lab):
    before = lab.experiment
    typed(lab, "https://example.org/")
    lab.until("document.getElementById('error-playground').textContent")
    assert lab.text("error-playground").startswith("This is no TensorFlow Playground link.")
    assert lab.experiment == before
    lab.page.locator("#playground-link").evaluate("(field) => field.removeAttribute('maxlength')")
    lab.page.locator("#playground-link").fill("#" + "a=1&" * 3000)
    lab.page.locator("#playground-open").click()
    assert lab.text("error-playground").startswith("A link may have at most 8,192 characters")


def test_the_same_text_can_be_opened_again(lab):
    typed(lab, SHORT)
    opened(lab, SHORT)
    lab.page.locator("#reset").click()
    lab.trained(dataset="xor")
    typed(lab, SHORT)
    opened(lab, SHORT)


def test_a_link_pasted_beside_the_fields_opens(lab):
    pasted(lab, f"  {SHORT}\n")
    opened(lab, SHORT)
    assert lab.page.locator("#playground").is_visible()


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (SHORT, "document.getElementById('number-epochs')"),
        ("x1,x2,label\n1,2,0", "document.body"),
        ("#dataset=and&learning_rate=0.5", "document.body"),
    ],
)
def test_anything_else_that_is_pasted_is_left_alone(lab, text, target):
    before = lab.experiment
    pasted(lab, text, target)
    lab.page.wait_for_timeout(400)
    assert lab.experiment == before
    assert lab.page.locator("#playground").is_hidden()


def test_a_task_that_locks_the_data_keeps_a_playground_link_out(at):
    lab = at(link({"data": "locked"}))
    pasted(lab, SHORT)
    lab.until("document.getElementById('task-notice').textContent")
    assert lab.experiment["dataset"] == "xor"
    assert lab.page.locator("#playground").is_hidden()


@pytest.mark.parametrize(("language", "first"), LANGUAGES)
def test_axe_finds_nothing_serious_in_the_list_and_the_menu(new_lab, language, first):
    lab = new_lab(locale=language)
    pasted(lab, LINK)
    lab.page.locator("#playground").wait_for()
    typed(lab, "none")
    lab.until("document.getElementById('error-playground').textContent")
    found = {look: lab.axe("#playground", "#menu-files") for look in lab.looks(first)}
    assert {look: problems for look, problems in found.items() if problems} == {}
