"""2,000 links that nobody meant: the page's parser reads every one of them, and the server takes or refuses what it reads."""

import base64
import json
import random
import zlib

from pydantic import ValidationError

from nnlab.core.experiment import Experiment
from nnlab.web.border.errors import problems
from nnlab.web.runs.request import RunRequest

COUNT = 2000

READ = """async (links) => {
  const source = document.querySelector('script[src$="main.mjs"]').src;
  const { linkOf, readLink } = await import(new URL("sharing/link.mjs", source));
  const results = [];
  for (const link of links) {
    try {
      const read = await readLink(link);
      const given = { task: read.task, own: { ...read.experiment, ...read.changed } };
      const { hash } = linkOf(read.experiment, read.view, given); // and written again, it stays an address
      results.push({ ...read, experiment: JSON.stringify(read.experiment), again: hash.length });
    } catch (error) {
      results.push({ thrown: String(error.stack) });
    }
  }
  return results;
}"""


def packed(text):
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = deflater.compress(text.encode("utf-8", "surrogatepass")) + deflater.flush()
    return "z:" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()


TASK = {
    "title": "A line?",
    "text": "Say <b>why</b>.",
    "question": "What?",
    "controls": {"data": "locked", "learning_rate": "shown", "start": "hidden"},
}
GOOD = [
    "#learning_rate=0.7&dataset=and",
    "#dataset=own&points=[[1,2,0],[-1.5,0.25,1]]&epochs=3&standardize=true",
    "#dataset=own&points=" + packed("10000,-25000a0,5b" * 30) + "&batch_size=10",
    "#hidden_layer_sizes=[3,2]&initialization=xavier&features=x1,x1%5E2,sin%20x1&seed=7",
    "#weights=[[[0.1,-0.2],[1e-7,999.5]],[[0.3,-5.0]]]&biases=[[0.25,-0.125],[2.0]]&initialization=explicit",
    "#loss=cross_entropy&encoding=binary&output_activation=sigmoid&optimizer=adam&stop_cost=0.01",
    "#epochs=50&view.tests=0&view.x=weights.0.0.1&view.starts=100",
    f"#task={packed(json.dumps(TASK))}&learning_rate=0.5&task.learning_rate=0.2",
    "#task=" + json.dumps(TASK).replace("#", ""),
    "#activation=tanh&batchSize=10&networkShape=4,2&seed=0.5&showTestData=false",
]
PIECES = [
    "&", "=", "#", "%", "%00", "%ZZ", "%ED%A0%80", "[", "]", "{", "}", '"', ",", "-", "1e400", "NaN", "null", "true", "z:",
    "kept:", "task.", "view.", "__proto__", "constructor", "toString", "hasOwnProperty", "points", "weights", "task", "\0",
    "\u202e", "é", "🦊", "'<script>", "9" * 40, "0" * 400, "[" * 500, "]" * 500, '{"a":' * 300, "points=" + "z:" + "A" * 50,
    packed("[" * 50_000), packed("0" * 70_000), packed('{"title":7,"controls":[]}'), packed('{"controls":{"data":{}}}'),
    packed('"text"'), packed("\ud800"),
]  # fmt: skip


def mutated(draw):
    """A good link with some of it taken out, doubled, moved, changed or put in; sometimes one of pieces alone."""
    link = draw.choice(GOOD) if draw.random() < 0.9 else "#"
    for _ in range(draw.choice((1, 1, 2, 3, 6, 12))):
        at, to = sorted((draw.randrange(len(link) + 1), draw.randrange(len(link) + 1)))
        to = min(to, at + draw.choice((1, 3, 20)))
        link = draw.choice(
            (
                link[:at] + link[to:],
                link[:to] + link[at:],
                link[:at] + draw.choice(PIECES) + link[to:],
                link[:at] + draw.choice(PIECES) + link[at:],
                link[:at] + chr(draw.choice((draw.randrange(32, 127), draw.randrange(0xD7FF)))) + link[to:],
                link + "&" + draw.choice(GOOD)[1:],
                link.replace(draw.choice("0123456789,=&."), draw.choice(PIECES), 1),
            )
        )
    return link


def test_every_mutated_link_is_read_and_means_an_experiment_or_problems(lab):
    draw = random.Random(20260)
    links = [*GOOD, *(mutated(draw) for _ in range(COUNT - len(GOOD)))]
    taken, refused, tasks = 0, 0, 0
    for link, read in zip(links, lab.js(READ, links), strict=True):
        assert "thrown" not in read, (link, read)
        tasks += read["task"] is not None
        if read["task"]:
            assert read["task"].keys() == {"title", "text", "question", "controls"}, link
            assert set(read["task"]["controls"].values()) <= {"shown", "locked", "hidden"}, link
        try:
            request = RunRequest.model_validate_json('{"version": 2, "experiment": %s}' % read["experiment"])  # noqa: UP031
        except ValidationError as error:
            found = problems(error)
            assert found, link
            json.dumps([problem.as_dict() for problem in found], allow_nan=False).encode()
            refused += 1
        else:
            assert isinstance(request.experiment, Experiment)
            taken += 1
    assert min(taken, refused, tasks) > COUNT // 20, "what is tested is neither all right nor all wrong"
