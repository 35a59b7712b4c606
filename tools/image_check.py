"""``make image-check``: whether the container image is sound, found out without a container engine."""

import sys
from pathlib import Path

from tools import dockerfile, image_lint, image_run

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Lint, then run; print what is wrong; 1 if anything is."""
    print("Dockerfile and compose.yaml, linted")
    wrong = image_lint.complaints(ROOT)
    if not wrong:
        print("the image's command, run")
        wrong = list(image_run.check(dockerfile.read(ROOT / "Dockerfile"), ROOT))
    for complaint in wrong:
        print(f"WRONG {complaint}")
    print("image-check: " + ("failed" if wrong else "all is well"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
