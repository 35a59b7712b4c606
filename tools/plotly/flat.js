// What the first picture needs. The page's modules find it as window.Plotly, as if it had come from a script of its own.

const Plotly = require("plotly.js/lib/core");

Plotly.register([require("plotly.js/lib/contour"), require("plotly.js/lib/bar")]); // scatter is part of the core

window.Plotly = Plotly;
