"""Which training row's numbers the formulas show: a list for a gate, a number for other data."""


def shown_row(lab):
    return lab.js("""() => {
      const caption = [...document.querySelectorAll("#formulas-body .caption")].map((each) => each.textContent);
      return caption.find((text) => text.includes("training row ") && text.endsWith(":")) ?? "letters";
    }""")


def choose(lab, row):
    lab.page.locator("#formulas-row-number").fill(row)
    lab.page.locator("#formulas-row-number").press("Enter")


def test_other_data_has_a_number_for_its_rows_in_place_of_the_list(lab):
    lab.page.locator("#view-formulas summary").click()
    lab.page.locator("#formulas-row").wait_for(state="visible")
    assert not lab.page.locator("#formulas-row-number").is_visible()
    lab.page.locator("#formulas-numbers").click()
    lab.until("document.getElementById('formulas-body').textContent.includes('training row 2:')")

    lab.js("nnlab.workspace.open({ ...nnlab.workspace.history.experiment, dataset: 'circle', samples: 60 })")
    lab.trained(dataset="circle")
    lab.page.locator("#formulas-row-number").wait_for(state="visible")
    assert not lab.page.locator("#formulas-row").is_visible()
    assert lab.page.locator("label[for=formulas-row-number]").text_content() == "Training row (1 to 30)"
    lab.until("document.getElementById('formulas-body').textContent.includes('training row 1:')")
    choose(lab, "30")
    lab.until("document.getElementById('formulas-body').textContent.includes('training row 30:')")

    choose(lab, "31")
    lab.until("document.getElementById('error-formulas-row').textContent !== ''")
    assert lab.error("formulas-row") == "Must be at most 30, got 31."
    lab.until("!document.getElementById('formulas-body').textContent.includes('training row 30:')")
    assert shown_row(lab) == "letters"
    for wrong, said in (("0", "Must be at least 1, got 0."), ("two", "“two” is not a value for this.")):
        choose(lab, wrong)
        lab.until("(said) => document.getElementById('error-formulas-row').textContent === said", said)
    choose(lab, "4")
    lab.until("document.getElementById('formulas-body').textContent.includes('training row 4:')")
    assert lab.error("formulas-row") == ""
