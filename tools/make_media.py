"""Make the README's pictures from the running lab.

``python -m tools.make_media URL`` writes docs/lab.png, lab.gif, spiral.png, starts.png and map.png.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.browser import ARGUMENTS, find

DOCS = Path(__file__).parents[1] / "docs"
FRAMES = 36


def main(url: str) -> None:
    """Take all pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(presenting=True), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1360, "height": 1120})
        page.goto(url)
        page.wait_for_function("document.documentElement.dataset.run === 'completed'")
        page.evaluate("nnlab.lab.clock.seek(70)")
        page.wait_for_timeout(600)
        page.screenshot(path=DOCS / "lab.png")
        film(page)
        spiral(page, url)
        for name in ("starts", "map"):
            whole(page, url, name)
        browser.close()


def spiral(page: Page, url: str) -> None:
    """Take a network of two hidden layers that has learned the spiral, pictures and diagram."""
    settings = (
        "dataset=spiral&hidden_layer_sizes=[8,8]&initialization=xavier&optimizer=adam&learning_rate=0.02"
    )
    page.set_viewport_size({"width": 1360, "height": 1120})
    page.goto("about:blank")
    page.goto(f"{url.rstrip('/')}/#{settings}&batch_size=10&epochs=300")
    page.wait_for_function("document.documentElement.dataset.run === 'completed'", timeout=60_000)
    page.evaluate("nnlab.lab.clock.toEnd()")
    page.wait_for_timeout(1500)
    page.screenshot(path=DOCS / "spiral.png")


def whole(page: Page, url: str, name: str) -> None:
    """Take a page that shows all of its answer, without the controls beside it."""
    page.set_viewport_size({"width": 1500, "height": 900})
    page.goto(f"{url.rstrip('/')}/{name}#initialization=uniform")
    page.wait_for_function("document.documentElement.dataset.run === 'completed'", timeout=60_000)
    page.wait_for_timeout(1500)
    page.locator(".views").screenshot(path=DOCS / f"{name}.png")


def film(page: Page) -> None:
    """Step through the run and keep the two pictures above the player."""
    shots = []
    for step in range(FRAMES):
        page.evaluate("step => nnlab.lab.clock.seek(Math.round(step * 119 / 35))", step)
        page.wait_for_timeout(250)
        shot = page.locator(".pictures").first.screenshot()
        image = Image.open(io.BytesIO(shot)).convert("RGB")
        shots.append(image.resize((image.width * 3 // 4, image.height * 3 // 4), Image.Resampling.LANCZOS))
    frames = [image.quantize(96, dither=Image.Dither.NONE) for image in shots]
    durations = [90] * (FRAMES - 1) + [1500]
    frames[0].save(
        DOCS / "lab.gif", save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=True
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8050/")
