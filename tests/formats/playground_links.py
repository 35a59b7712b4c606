"""Links of TensorFlow Playground, and what they become here, for the tests of both."""

from nnlab.formats.playground_link import Unequal, translate

HOST = "https://playground.tensorflow.org/"
DEFAULT_LINK = (
    f"{HOST}#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03"
    "&regularizationRate=0&noise=0&networkShape=4,2&seed=0.12345&showTestData=false&discretize=false"
    "&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false"
    "&cosY=false&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false"
)
SPIRAL_LINK = (
    f"{HOST}#activation=relu&batchSize=10&dataset=spiral&regDataset=reg-plane&learningRate=0.03"
    "&regularization=L2&regularizationRate=0.001&noise=10&networkShape=8,8,4&seed=0.55555&showTestData=true"
    "&discretize=true&percTrainData=70&x=true&y=true&xTimesY=true&xSquared=true&ySquared=true&cosX=false"
    "&sinX=true&cosY=false&sinY=true&collectStats=false&problem=classification&initZero=false&hideText=false"
)
DEFAULT_SETTINGS = {
    "dataset": "circle",
    "samples": 500,
    "noise": 0.0,
    "train_share": 50,
    "data_seed": 0,
    "encoding": "bipolar",
    "features": ("x1", "x2"),
    "hidden_layer_sizes": (4, 2),
    "activation": "tanh",
    "output_activation": "tanh",
    "initialization": "uniform",
    "scale": 0.5,
    "seed": 0,
    "loss": "squared_error",
    "optimizer": "gradient_descent",
    "learning_rate": 0.03,
    "regularization": "none",
    "regularization_rate": 0.0,
    "l1_clamp": True,
    "shuffle": False,
    "batch_size": 10,
    "batch_divisor": "actual",
    "epochs": 500,
}
NO_BIASES = Unequal("initZero", "", "biases")


def changed(parameters):
    """The settings that a fragment brings, where they are not the playground's defaults."""
    settings = translate(f"#{parameters}").settings
    assert settings.keys() == DEFAULT_SETTINGS.keys()
    return {name: value for name, value in settings.items() if value != DEFAULT_SETTINGS[name]}


def unequal(parameters):
    """What is unequal in a fragment, beside the biases, which always are."""
    found = translate(f"#{parameters}").unequal
    assert NO_BIASES in found
    return [(entry.name, entry.value, entry.reason) for entry in found if entry != NO_BIASES]
