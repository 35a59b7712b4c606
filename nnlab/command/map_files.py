"""The files of a map: a picture of one pixel a run, and all numbers as arrays for NumPy."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from PIL import Image

from nnlab.command.files import whole_file
from nnlab.command.map_parts import OUTCOME, Parts
from nnlab.core.many.outcome_codes import outcome_codes
from nnlab.core.stop_rules import DIVERGED, ENDS
from nnlab.figures.map_figure import PALETTE


def write_picture(path: Path, parts: Parts, theme: str) -> None:
    """Write a PNG whose pixels are the codes of ``core.many.outcome_codes``, y upward, and whose palette is the theme's."""
    plan = parts.plan
    epochs, experiment = plan.experiment.epochs, plan.experiment
    codes = np.concatenate(
        [
            outcome_codes(
                part["final_cost"], part["solved_since"], epochs, experiment, part["end"] == DIVERGED
            )
            for part in parts
        ]
    )
    upward = codes.reshape(plan.size, plan.size)[::-1]
    picture = Image.frombytes("P", (plan.size, plan.size), upward.tobytes())
    picture.putpalette(PALETTE[theme].tobytes())
    with whole_file(path) as file:
        picture.save(file, "PNG")


def write_numbers(path: Path, parts: Parts) -> None:
    """Write x, y, epochs, ends, experiment, axes, and the columns of OUTCOME, as ``numpy.load`` reads them.

    The columns, (size, size), rows following y, are copied into the file one part at a time, so that a map of millions
    of runs is never held in memory. ``end`` holds indices into ``ends``; experiment and axes are JSON.
    """
    plan = parts.plan
    small = {
        "x": plan.x.values(plan.size),
        "y": plan.y.values(plan.size),
        "epochs": plan.cost_epochs,
        "ends": np.array(ENDS),
        "experiment": np.array(plan.experiment.model_dump_json()),
        "axes": np.array(plan.axes_text()),
    }
    with whole_file(path) as file, ZipFile(file, "w") as archive:
        for name, array in small.items():
            with archive.open(f"{name}.npy", "w") as member:
                npy.write_array(member, array, allow_pickle=False)
        for name in OUTCOME.names or ():
            _write_square(archive, name, plan.size, (part[name] for part in parts))


def _write_square(archive: ZipFile, name: str, size: int, parts: Iterator[NDArray[np.generic]]) -> None:
    header = {"descr": OUTCOME[name].str, "fortran_order": False, "shape": (size, size)}
    with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
        npy.write_array_header_1_0(member, header)
        for part in parts:
            member.write(np.ascontiguousarray(part).tobytes())
