"""Links that people have made and that nobody has: for the page's parser."""

import base64
import json
import random
import zlib

COUNT = 2000


def packed(text: str) -> str:
    """A text as a link holds it."""
    return packed_bytes(text.encode("utf-8", "surrogatepass"))


def packed_bytes(data: bytes) -> str:
    """Bytes as a link would hold them, whatever they are."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    return "z:" + base64.urlsafe_b64encode(deflater.compress(data) + deflater.flush()).rstrip(b"=").decode()


BURSTING = [
    packed_bytes(b"0" * 300_000_000),
    packed_bytes(b"[" * 60_000),
    packed_bytes(b"[" * 30_000 + b"]" * 30_000),
    packed_bytes(b"10000,-25000a" * 6_000),
    packed_bytes(b"\xff\xfe"),
    packed_bytes(b""),
    packed_bytes(b"1,2"),
    "z:",
    "z:****",
    "z:" + "A" * 90_000,
    packed_bytes(b"10000,-25000a0,5b") + "AAAA",
    "[" * 100_000 + "]" * 100_000,
]
"""Values that are too large once they are opened, or nothing that can be opened."""

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


def mutated(draw: random.Random) -> str:
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


def links() -> list[str]:
    """COUNT of them, the good ones first."""
    draw = random.Random(20260)
    return [*GOOD, *(mutated(draw) for _ in range(COUNT - len(GOOD)))]
