// How figures, sizes and states are written on screen.
import { UNKNOWN, written } from "/charts/scales.js";

const grouped = new Intl.NumberFormat("en-US");

/** A figure to its last digit, as the server sent it. */
export function exact(value) {
  if (value === null || value === undefined) return UNKNOWN;
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return grouped.format(value).replace("-", "−");
  return String(value).replaceAll("-", "−");
}

export const count = value => (value === null || value === undefined ? UNKNOWN : grouped.format(value));

export function many(number, one, more = one + "s") {
  return `${count(number)} ${number === 1 ? one : more}`;
}

/** Where the clock stands, within a sentence: nothing for a checkpoint, which has no steps. */
export const atStep = (clock, step) => (clock.timeless ? "" : ` at step ${count(step)}`);

/** A length of time in seconds, in words. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return UNKNOWN;
  if (seconds < 90) return many(Math.round(seconds), "second");
  if (seconds < 5400) return many(Math.round(seconds / 60), "minute");
  return many(Math.round(seconds / 3600), "hour");
}

export function size(bytes) {
  if (bytes === null || bytes === undefined) return UNKNOWN;
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let at = 0;
  while (bytes >= 1000 && at < units.length - 1) {
    bytes /= 1000;
    at++;
  }
  return `${at === 0 ? bytes : bytes.toPrecision(3)} ${units[at]}`;
}

export const regimes = ["frozen", "single-axis hop", "adjacent cell", "local", "multi-cell"];

/** The colours of the regimes in the style sheet. */
export const regimeVariables = ["frozen", "hop", "adjacent", "local", "leap"].map(name => `var(--${name})`);

/** The colour of a step of a regime; the names are those of the style sheet. */
export const regimeColour = (colour, regime) =>
  [colour.frozen, colour.hop, colour.adjacent, colour.local, colour.leap][regime];

/** A name of a curve's column as words. */
export const words = name => name.replaceAll("_", " ");

export { UNKNOWN, written };
