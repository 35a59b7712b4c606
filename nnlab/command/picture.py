"""A map as a picture: one pixel a run, y upward."""

from pathlib import Path

import numpy as np
from PIL import Image

from nnlab.command.parts import Parts
from nnlab.command.writing import whole_file
from nnlab.core.ends import DIVERGED
from nnlab.figures.trainability import PALETTE, code


def write_picture(path: Path, parts: Parts, theme: str) -> None:
    """Write a PNG whose pixels are the codes of ``figures.trainability`` and whose palette is the theme's."""
    request = parts.request
    epochs, experiment = request.experiment.epochs, request.experiment
    codes = np.concatenate(
        [
            code(part["final_cost"], part["solved_since"], epochs, experiment, part["end"] == DIVERGED)
            for part in parts
        ]
    )
    upward = codes.reshape(request.size, request.size)[::-1]
    picture = Image.frombytes("P", (request.size, request.size), upward.tobytes())
    picture.putpalette(PALETTE[theme].tobytes())
    with whole_file(path) as file:
        picture.save(file, "PNG")
