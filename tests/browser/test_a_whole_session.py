"""One session that touches everything: it asks no other machine for anything, and complains of nothing."""


def test_everything_is_touched_and_nothing_leaves_the_origin(new_lab):
    lab = new_lab("/#dataset=or", folded=None)
    page = lab.page
    lab.at_rest()
    lab.surface_shown()
    lab.fold_surface()
    for menu in ("share", "files", "projector", "help"):
        page.locator(f"#menu-{menu} > summary").click()
    page.keyboard.press("Escape")
    mathjax = lambda: [request for request in lab.requests if "mathjax" in request.lower()]  # noqa: E731
    assert mathjax() == [], "it is large, so it is fetched when formulas unfold, and not before"
    page.locator("#view-formulas summary").click()
    page.locator("mjx-container").nth(5).wait_for()
    page.locator("#formulas-numbers").click()
    page.locator("#formulas-row").select_option("2")
    page.locator("#view-formulas summary").click()
    for setting, value in (
        ("dataset", "xnor"),
        ("encoding", "binary"),
        ("activation", "sigmoid"),
        ("features", "x1*x2"),
    ):
        lab.choose(setting, value)
    for setting, number in (
        ("hidden_units", 3),
        ("learning_rate", 1),
        ("batch_size", 4),
        ("scale", 2),
        ("epochs", 40),
    ):
        lab.type(setting, number)
    page.locator("#choice-initialization").select_option("normal")
    page.locator("#new-seed").click()
    lab.trained(epochs=40, initialization="normal", hidden_layer_sizes=[3], learning_rate=1)
    for button in (
        "theme",
        "target-1",
        "undo",
        "redo",
        "play",
        "step-back",
        "to-start",
        "to-end",
        "loop",
        "loop",
    ):
        page.locator(f"#{button}").click()
    lab.part("cost", "log").click()
    for zoom in ("zoom-in", "zoom-reset"):
        lab.part("boundary", zoom).click()
    page.locator("[data-view=boundary] [data-part=picture]").click()
    page.locator("[data-view=probe] [data-part=body] .probe-layer").nth(1).wait_for()
    lab.js("nnlab.lab.views.surface.picture('png')")
    page.locator("#menu-projector > summary").click()
    page.locator("#projector-on").click()
    lab.until("document.documentElement.classList.contains('projector')")
    page.locator("#projector-on").click()
    lab.until("!document.documentElement.classList.contains('projector')")
    page.goto(f"{lab.url}/join")
    page.locator("svg.qr").wait_for()
    assert len(lab.requests) > 20
    assert mathjax()
    assert any(request.endswith("/run") for request in lab.requests)
    assert all(request.startswith((f"{lab.url}/", f"blob:{lab.url}", "data:")) for request in lab.requests)
