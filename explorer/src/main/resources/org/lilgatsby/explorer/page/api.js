// What the server answers.

const ASK_AGAIN_MILLISECONDS = 150;

/** Waits before something is asked again: a while, and as long as the page is hidden. */
export async function pause(milliseconds) {
  await new Promise(resolve => setTimeout(resolve, milliseconds));
  while (document.hidden)
    await new Promise(resolve => document.addEventListener("visibilitychange", resolve, { once: true }));
}

/** A request that failed; its message is a sentence for the reader. */
export class Refused extends Error {}

async function send(path, parameters, signal) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined),
  ).toString();
  let response;
  try {
    response = await fetch(`/api/${path}${query ? "?" + query : ""}`, { signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("The explorer does not respond; it may have stopped. Start it again and reload this page.");
  }
  if (response.ok) return response;
  const text = await response.text();
  let sentence;
  try {
    sentence = JSON.parse(text).error;
  } catch {
    sentence = null;
  }
  throw new Refused(sentence ?? `The explorer responded with status ${response.status}.`);
}

/** The JSON at a path below /api/. */
export async function ask(path, parameters = {}, { signal } = {}) {
  return (await send(path, parameters, signal)).json();
}

/** The same, asked again until it has been computed; wait(true) is called when that takes a while. */
export async function askUntilReady(
  path,
  parameters,
  { signal, wait = () => {}, waits = answer => answer.waiting } = {},
) {
  for (let answer = await ask(path, parameters, { signal }); ; answer = await ask(path, parameters, { signal })) {
    if (!waits(answer)) return answer;
    wait(answer);
    await pause(ASK_AGAIN_MILLISECONDS);
    signal?.throwIfAborted();
  }
}

/**
 * Several blocks of numbers below a path, asked for together: {header, buffer, offset, end} of each. The answer is a
 * length, JSON of that length that says where each block ends, then the numbers.
 */
export async function askBlocks(path, views, parameters, { signal } = {}) {
  const query = { views: views.join(","), ...parameters };
  const { header, buffer, offset } = await askBlock(`${path}/blocks`, query, signal);
  return header.blocks.map((block, i) => ({
    header: block,
    buffer,
    offset: offset + (header.bytes[i - 1] ?? 0),
    end: offset + header.bytes[i],
  }));
}

async function askBlock(path, parameters, signal) {
  for (;;) {
    const response = await send(path, parameters, signal);
    if (response.headers.get("content-type")?.startsWith("application/json")) {
      const answer = await response.json();
      if (!answer.waiting) throw new Refused(answer.error ?? "The explorer sent no block.");
      await pause(ASK_AGAIN_MILLISECONDS);
      signal?.throwIfAborted();
      continue;
    }
    const buffer = await response.arrayBuffer();
    const length = new DataView(buffer).getUint32(0, true);
    return {
      header: JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))),
      buffer,
      offset: 4 + length,
    };
  }
}

/**
 * Answers the latest of many wishes: while one request is under way, only the wish that came last waits. The request
 * itself says what failed.
 */
export class Latest {
  #request;
  #wanted = null;
  #busy = false;

  constructor(request) {
    this.#request = request;
  }

  want(...wish) {
    this.#wanted = wish;
    if (!this.#busy) this.#next();
  }

  async #next() {
    this.#busy = true;
    try {
      while (this.#wanted) {
        const wish = this.#wanted;
        this.#wanted = null;
        await this.#request(...wish);
      }
    } finally {
      this.#busy = false;
    }
  }
}
