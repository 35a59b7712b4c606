// Encodes a request's body as JSON, packed where that is worth it.

const LARGEST_PLAIN = 4096; // characters of a body that is not worth packing

/**
 * The body and the headers of a request; a long one, such as a table of points, goes as gzip where the browser can.
 * @param {any} asked
 * @returns {Promise<RequestInit>}
 */
export async function requestBody(asked) {
  const written = JSON.stringify(asked);
  const headers = { "Content-Type": "application/json" };
  if (written.length <= LARGEST_PLAIN || typeof CompressionStream === "undefined") return { method: "POST", body: written, headers };
  const stream = new Blob([written]).stream().pipeThrough(new CompressionStream("gzip"));
  return { method: "POST", body: await new Response(stream).arrayBuffer(), headers: { ...headers, "Content-Encoding": "gzip" } };
}
