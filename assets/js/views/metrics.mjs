// How right the network is.

export class MetricsView {
  begin(recording) {}

  paint(recording, index) {}
}
