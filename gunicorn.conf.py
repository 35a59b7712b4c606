"""``gunicorn app:server`` in this folder reads this file by itself: the settings are those of the package."""

from pathlib import Path
from runpy import run_path

# Run as a file, for it must set up BLAS before anything of nnlab brings NumPy.
globals().update(run_path(str(Path(__file__).parent / "nnlab" / "web" / "gunicorn_config.py")))
