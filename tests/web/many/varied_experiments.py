"""Experiments that cover every choice, and some that diverge."""

from nnlab import Experiment

ROWS = tuple((float(x), float((7 * x) % 11 - 5), int(x > 0)) for x in range(-20, 20))

SMALL = {
    "samples": 40,
    "batch_size": 7,
    "epochs": 12,
    "initialization": "xavier",
    "hidden_layer_sizes": (3, 2),
}

EVERY = {
    dataset: Experiment(dataset=dataset, **SMALL)
    for dataset in ("circle", "gaussians", "quadrants", "spiral", "moons", "plane", "multi_gaussians")
} | {
    "own": Experiment(dataset="own", points=ROWS, noise=10.0, **SMALL),
    "own, far out": Experiment(
        dataset="own",
        points=tuple((5e4 * x, y, label) for x, y, label in ROWS),
        features=("x1^2", "x2", "sin x1"),
        **SMALL,
    ),
    "own, standardized": Experiment(
        dataset="own", points=tuple((1e4 * x, y, label) for x, y, label in ROWS), standardize=True, **SMALL
    ),
    "no hidden layer": Experiment(
        dataset="circle", features=("x1^2", "x2^2"), **SMALL | {"hidden_layer_sizes": ()}
    ),
    "cross-entropy": Experiment(
        dataset="moons",
        loss="cross_entropy",
        encoding="binary",
        output_activation="sigmoid",
        activation="sigmoid",
        **SMALL,
    ),
    "ReLU, Adam, L1": Experiment(
        dataset="spiral",
        activation="relu",
        optimizer="adam",
        regularization="l1",
        **SMALL | {"initialization": "he"},
    ),
    "leaky, RMSProp, L2, shuffled": Experiment(
        dataset="circle",
        activation="leaky_relu",
        optimizer="rmsprop",
        regularization="l2",
        shuffle=True,
        **SMALL,
    ),
    "linear regression, Nesterov": Experiment(
        dataset="plane",
        activation="linear",
        output_activation="linear",
        optimizer="nesterov",
        **SMALL | {"learning_rate": 0.01},
    ),
    "every stop rule": Experiment(
        dataset="gaussians",
        stop_all_correct=True,
        stop_cost=0.01,
        stop_no_improvement=5,
        stop_test_rising=3,
        **SMALL,
    ),
}

DIVERGING = Experiment(
    dataset="plane",
    activation="linear",
    output_activation="linear",
    **SMALL | {"learning_rate": 0.1, "epochs": 200},
)
"""Runs of which some end well, and some beyond all numbers; it depends on the start."""

LOST = DIVERGING.changed(learning_rate=10.0)
"""Runs that all diverge at once."""

LEARNED_AND_LOST = Experiment(
    dataset="and",
    features=("x1 and x2",),
    hidden_layer_sizes=(),
    initialization="explicit",
    weights=[[[1]]],
    biases=[[0]],
    regularization="l2",
    regularization_rate=10.0,
    learning_rate=10.0,
    epochs=100,
)
"""The penalty makes the weight 99 times as large at every update, and turns it around: after every epoch, which has two, the
answers are right, until nothing can hold the weight."""
