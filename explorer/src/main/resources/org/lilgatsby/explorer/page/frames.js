// Rows' places, groups and figures, step by step: fetched in blocks around the clock, and kept.
import { askBlocks } from "./api.js";

const BLOCK_BYTES = 1 << 20;
const KEPT_BYTES = 96 << 20;
const MOST_STATES = 256;

/** The numbers of a block of the API. */
function numbersOf({ header, buffer, offset, end }) {
  const type = { uint16: Uint16Array, uint32: Uint32Array }[header.type] ?? Float32Array;
  return new type(buffer, offset, (end - offset) / type.BYTES_PER_ELEMENT);
}

/**
 * Frames of one projection and group of tokens. loaded() is called when a wanted frame came, failed(error) if it could
 * not.
 */
export class Frames {
  #blocks = new Map();
  #newest = null;
  #stop = new AbortController();

  constructor({ path, clock, rows, projection, of, figure, loaded, failed }) {
    Object.assign(this, { path, clock, projection, of, figure, loaded, failed });
    this.states = Math.max(1, Math.min(MOST_STATES, Math.floor(BLOCK_BYTES / (8 * rows))));
    this.most = Math.max(6, Math.floor(KEPT_BYTES / (this.states * rows * 12)));
  }

  #indexOf(step) {
    return Math.floor(this.clock.placeOf(step) / this.states);
  }

  /**
   * The frame of a recorded step, or undefined while it is fetched: {step, rows, places, labels, values, cloud}. Of a
   * run that grows the newest state is fetched alone, and a whole block when another state of it is wanted.
   */
  at(step) {
    const index = this.#indexOf(step);
    const block = this.#blocks.get(index);
    if (block?.ready) {
      const state = block.ready.steps.get(step);
      if (state !== undefined) {
        this.#blocks.delete(index);
        this.#blocks.set(index, block);
        return this.#frame(block.ready, state, step);
      }
    }
    if (this.#newest?.step === step) return this.#newest.ready ? this.#frame(this.#newest.ready, 0, step) : undefined;
    if (block && (!block.ready || this.clock.last <= block.until)) return undefined;
    if (step === this.clock.last && this.clock.growing) this.#fetchNewest(step);
    else this.#fetch(index);
    return undefined;
  }

  #frame({ cloud, places, labels, values }, state, step) {
    const rows = cloud.rows.length;
    return {
      step,
      rows: cloud.rows,
      cloud,
      state,
      places: places.subarray(2 * state * rows, 2 * (state + 1) * rows),
      labels: labels.subarray(state * rows, (state + 1) * rows),
      values: values?.subarray(state * rows, (state + 1) * rows) ?? null,
    };
  }

  /** Fetches what is likely to be wanted next: while a run grows that is what it has not recorded yet. */
  prefetch(step, ahead = 1) {
    if (this.clock.growing) return;
    const index = this.#indexOf(step);
    const last = this.#indexOf(this.clock.last);
    for (const near of [...Array.from({ length: ahead }, (_, i) => index + 1 + i), index - 1]) {
      if (near >= 0 && near <= last && !this.#blocks.has(near)) this.#fetch(near);
    }
  }

  async #states(from, to) {
    const range = { of: this.of, from, to };
    const [cloud, groups, figures] = await askBlocks(
      this.path,
      this.figure ? ["cloud", "groups", "rows"] : ["cloud", "groups"],
      { projection: this.projection, figure: this.figure, ...range },
      { signal: this.#stop.signal },
    );
    const steps = new Map(cloud.header.steps.map((step, state) => [step, state]));
    return {
      steps,
      cloud: cloud.header,
      places: numbersOf(cloud),
      labels: numbersOf(groups),
      values: figures && numbersOf(figures),
    };
  }

  /** Fetches the newest state before the clock shows it; a failure is told once it does. */
  async expect(step) {
    try {
      this.#newest = { step, ready: await this.#states(step, step) };
    } catch {
      return;
    }
  }

  async #fetchNewest(step) {
    const newest = { step, ready: null };
    this.#newest = newest;
    try {
      newest.ready = await this.#states(step, step);
      this.loaded();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#newest = null;
      this.failed(error);
    }
  }

  async #fetch(index) {
    const from = this.clock.stepOf(index * this.states);
    const to = this.clock.stepOf((index + 1) * this.states - 1);
    const block = { ready: this.#blocks.get(index)?.ready ?? null, until: to };
    this.#blocks.set(index, block);
    try {
      block.ready = await this.#states(from, to);
      for (const old of this.#blocks.keys()) {
        if (this.#blocks.size <= this.most) break;
        if (old !== index) this.#blocks.delete(old);
      }
      this.loaded();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#blocks.delete(index);
      this.failed(error);
    }
  }

  close() {
    this.#stop.abort();
  }
}

/** Rows that are equal, as marks: {label, place, tokens (indices), dead}; rows without a place are left out. */
export function marksOf(frame, isDead) {
  const { labels, places, rows } = frame;
  const markOf = new Int32Array(labels.reduce((most, label) => Math.max(most, label), 0) + 1); // its number and one
  const marks = [];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (markOf[label] === 0)
      markOf[label] = marks.push({ label, x: places[2 * i], y: places[2 * i + 1], rows: [], dead: 0 });
    const mark = marks[markOf[label] - 1];
    mark.rows.push(i);
    if (isDead(rows[i])) mark.dead++;
  }
  return marks.filter(mark => Number.isFinite(mark.x) && Number.isFinite(mark.y));
}

/** The box around places: least and greatest x and y; null without any. */
export function boxOf(frames) {
  const box = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { places } of frames) {
    for (let i = 0; i < places.length; i += 2) {
      if (!Number.isFinite(places[i]) || !Number.isFinite(places[i + 1])) continue;
      box[0] = Math.min(box[0], places[i]);
      box[1] = Math.max(box[1], places[i]);
      box[2] = Math.min(box[2], places[i + 1]);
      box[3] = Math.max(box[3], places[i + 1]);
    }
  }
  return Number.isFinite(box[0]) ? box : null;
}

/** Whether a point lies inside a closed line. */
export function inside([x, y], line) {
  let within = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
    const [[ax, ay], [bx, by]] = [line[i], line[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
  }
  return within;
}
