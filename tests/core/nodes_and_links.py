"""A network of nodes and links, one row at a time, as TensorFlow Playground thinks of it; nothing of nnlab is used.

It is written from the contract: derivatives are gathered over a batch, updates are their averages, L2 adds
rate x weight and L1 rate x sign(weight), and a link that L1 carries across 0 is dead from then on.
"""

import math
from dataclasses import dataclass, field

FUNCTIONS = {
    "tanh": (math.tanh, lambda z: 1 - math.tanh(z) ** 2),
    "linear": (lambda z: z, lambda _: 1.0),
    "relu": (lambda z: max(0.0, z), lambda z: 1.0 if z > 0 else 0.0),
}


@dataclass
class Link:
    """A weight between two nodes."""

    source: "Node"
    target: "Node"
    weight: float
    gathered: float = 0.0
    dead: bool = False


@dataclass
class Node:
    """A unit; an input is one without incoming links."""

    bias: float
    function: str
    incoming: list[Link] = field(default_factory=list)
    outgoing: list[Link] = field(default_factory=list)
    total: float = 0.0
    output: float = 0.0
    blame: float = 0.0
    gathered: float = 0.0

    def fire(self):
        self.total = self.bias + sum(link.weight * link.source.output for link in self.incoming)
        self.output = FUNCTIONS[self.function][0](self.total)

    def take_blame(self, for_output):
        """The derivative of the row's error in the weighted sum, gathered for the bias and each incoming link."""
        self.blame = for_output * FUNCTIONS[self.function][1](self.total)
        self.gathered += self.blame
        for link in self.incoming:
            if not link.dead:
                link.gathered += self.blame * link.source.output


class Network:
    """Layers of nodes, from the inputs to the one output."""

    def __init__(self, weights, biases, hidden, output):
        """Take weights (n_out, n_in) and biases (n_out,) a layer."""
        self.layers = [[Node(0.0, "none") for _ in weights[0][0]]]
        for place, (matrix, row) in enumerate(zip(weights, biases, strict=True)):
            function = output if place == len(weights) - 1 else hidden
            nodes = [Node(float(bias), function) for bias in row]
            for node, line in zip(nodes, matrix, strict=True):
                for source, weight in zip(self.layers[-1], line, strict=True):
                    link = Link(source, node, float(weight))
                    node.incoming.append(link)
                    source.outgoing.append(link)
            self.layers.append(nodes)

    def say(self, inputs):
        for node, value in zip(self.layers[0], inputs, strict=True):
            node.output = float(value)
        for layer in self.layers[1:]:
            for node in layer:
                node.fire()
        return self.layers[-1][0].output

    def blame(self, target):
        """Half the squared error of this row, back through all nodes."""
        output = self.layers[-1][0]
        output.take_blame(output.output - target)
        for layer in reversed(self.layers[1:-1]):
            for node in layer:
                node.take_blame(sum(link.weight * link.target.blame for link in node.outgoing))

    def update(self, rows, learning_rate, regularization, rate):
        for layer in self.layers[1:]:
            for node in layer:
                node.bias -= learning_rate * node.gathered / rows
                node.gathered = 0.0
                for link in node.incoming:
                    if not link.dead:
                        self.move(link, learning_rate, link.gathered / rows, regularization, rate)
                    link.gathered = 0.0

    @staticmethod
    def move(link, learning_rate, derivative, regularization, rate):
        pull = {"none": 0.0, "l1": math.copysign(1.0, link.weight) if link.weight else 0.0, "l2": link.weight}
        stepped = link.weight - learning_rate * derivative
        pulled = stepped - learning_rate * rate * pull[regularization]
        link.dead = regularization == "l1" and stepped * pulled < 0
        link.weight = 0.0 if link.dead else pulled

    def train(self, rows, targets, batch, *how):
        """One epoch over all rows in order."""
        for place, (row, target) in enumerate(zip(rows, targets, strict=True), start=1):
            self.say(row)
            self.blame(target)
            if place % batch == 0:
                self.update(batch, *how)

    def vector(self):
        """Every unit's weights and then its bias, as ``Parameters.vector`` has them."""
        nodes = [node for layer in self.layers[1:] for node in layer]
        return [number for node in nodes for number in (*(link.weight for link in node.incoming), node.bias)]

    def dead(self):
        return sum(link.dead for layer in self.layers[1:] for node in layer for link in node.incoming)
