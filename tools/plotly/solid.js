// What draws in three dimensions, and comes when it is first asked for: registered with the core that flat.js began.

const Plotly = require("plotly.js/lib/core");

Plotly.register([require("plotly.js/lib/surface"), require("plotly.js/lib/scatter3d")]);
