// Times TensorFlow Playground's own network code: the module that is named, trained on the points that are given.

import { readFileSync } from "node:fs";

const { module, shapes, points, targets, repeats } = JSON.parse(readFileSync(0, "utf8"));
const playground = await import(module);
const BATCH = 10;
const EPOCHS = 100;
const LEARNING_RATE = 0.03;

function train(shape) {
  const { TANH } = playground.Activations;
  const network = playground.buildNetwork(shape, TANH, TANH, null, ["x", "y"]);
  const start = performance.now();
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    points.forEach((point, row) => {
      playground.forwardProp(network, point);
      playground.backProp(network, targets[row], playground.Errors.SQUARE);
      if ((row + 1) % BATCH === 0) playground.updateWeights(network, LEARNING_RATE, 0);
    });
    points.forEach((point, row) => playground.Errors.SQUARE.error(playground.forwardProp(network, point), targets[row])); // its cost
  }
  return performance.now() - start;
}

const best = shapes.map((shape) => {
  for (let warm = 0; warm < 3; warm += 1) train(shape);
  return [shape.join("-"), Math.min(...Array.from({ length: repeats }, () => train(shape)))];
});
console.log(JSON.stringify(Object.fromEntries(best)));
