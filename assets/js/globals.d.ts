// What the page finds in its window: Plotly, Dash's clientside functions, and the lab itself for tests.

declare const Plotly: any;

interface Window {
  Plotly: any;
  dash_clientside: any;
  nnlab: any;
}
