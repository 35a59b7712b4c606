"""2,000 links that nobody meant: the page's parser reads each of them, and the server takes or refuses what it reads."""

import json

from pydantic import ValidationError

from nnlab.core.experiment import Experiment
from nnlab.web.http.errors import violations
from nnlab.web.runs import run_format
from nnlab.web.runs.run_request import RunRequest

from .links import COUNT, links


def test_every_mutated_link_is_read_and_means_an_experiment_or_problems(given_folder, run_script):
    outcome = run_script("read_links.mjs", given_folder)
    assert outcome.returncode == 0, outcome.stdout
    taken, refused, tasks = 0, 0, 0
    for link, read in zip(links(), json.loads(outcome.stdout), strict=True):
        assert "thrown" not in read, (link, read)
        tasks += read["task"] is not None
        if read["task"]:
            assert read["task"].keys() == {"title", "text", "question", "controls"}, link
            assert set(read["task"]["controls"].values()) <= {"shown", "locked", "hidden"}, link
        assert read["same_task"], link
        body = f'{{"version": {run_format.VERSION}, "experiment": {read["experiment"]}}}'
        try:
            request = RunRequest.model_validate_json(body)
        except ValidationError as error:
            found = violations(error)
            assert found, link
            json.dumps([problem.as_dict() for problem in found], allow_nan=False).encode()
            refused += 1
        else:
            assert isinstance(request.experiment, Experiment)
            assert json.loads(read["again"]) == json.loads(read["experiment"]), link
            taken += 1
    assert min(taken, refused, tasks) > COUNT // 20, "what is tested is neither all right nor all wrong"
