// What the page has been given, and how its runs and groups are called.

const sweep = JSON.parse(document.getElementById("sweep").textContent);
const { groups, runs, outcomes, varied, series, criteria } = sweep;
const headlines = outcomes.filter(outcome => outcome.headline);
const others = outcomes.filter(outcome => !outcome.headline);
const rows = runs.keys.map((_, row) => row);
const axes = varied.filter(axis => axis.numeric && axis.setting !== "seed" && axis.values.length > 1);

const state = {
  steps: "logarithmic",
  figure: (others[0] ?? outcomes[0])?.figure.name,
  along: (others[0] ?? outcomes[0])?.figure.name,
  setting: axes[0]?.setting,
  over: series?.figures.find(over => isHeadline(over.figure.name))?.figure.name ?? series?.figures[0]?.figure.name,
  singles: "no",
};

/** Whether a figure over the steps is one of the headlines at the end. */
function isHeadline(name) {
  return headlines.some(outcome => outcome.figure.name === `final.${name}`);
}

function heading(figure) {
  return figure.unit ? `${figure.label} (${figure.unit})` : figure.label;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The place of a run's value on the axis of a varied setting; as text by the setting's values. */
function settingOf(row, axis) {
  const place = runs.settings[axis][row];
  return place < 0 ? null : varied[axis].values[place];
}

function runName(row) {
  const settings = varied.map((axis, i) => `${axis.setting} ${settingOf(row, i) ?? UNKNOWN}`).join(", ");
  return settings || runs.keys[row].slice(0, 12);
}

/** The runs that have a figure: {row, value}. */
function valuesOf(outcome) {
  return (outcome.headline ? rows : runs.drawn)
    .map((row, i) => ({ row, value: outcome.values[i] }))
    .filter(run => run.value !== null);
}

/** At most so many runs: the least, the greatest and evenly many between, in the order of their values. */
function drawnOf(values, most) {
  if (values.length <= most) return values;
  const sorted = values.toSorted((a, b) => a.value - b.value);
  return Array.from({ length: most }, (_, i) => sorted[Math.round(i * (sorted.length - 1) / (most - 1))]);
}

/** Whether numbers are spaced in equal ratios rather than at equal distances; zeros have no say. */
function spacedInRatios(values) {
  const sorted = [...new Set(values.filter(value => value !== 0))].sort((a, b) => a - b);
  if (sorted.length === 0 || sorted[0] < 0) return false;
  if (sorted.length < 3) return sorted.at(-1) / sorted[0] >= 10;
  const uneven = numbers => {
    const gaps = numbers.slice(1).map((number, i) => number - numbers[i]);
    const mean = gaps.reduce((a, b) => a + b) / gaps.length;
    return Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length) / mean;
  };
  return sorted.at(-1) / sorted[0] >= 3 && uneven(sorted.map(Math.log)) < uneven(sorted) - 1e-9;
}

/** Whether values are best shown on a logarithmic axis: none is negative, and they span two decades. */
function spansDecades(values) {
  const positive = values.filter(value => value > 0);
  const [low, high] = [
    positive.reduce((a, b) => Math.min(a, b), Infinity),
    positive.reduce((a, b) => Math.max(a, b), 0),
  ];
  return positive.length > 0 && high / low >= 100 && values.every(value => value >= 0);
}

/** A colour for each of some things: told apart if they are few, otherwise from one end to the other. */
function palette(count, colour) {
  const few = [colour.live, colour.dead, colour.published, colour.mixed, colour.large, colour.all];
  if (count <= few.length) return few.slice(0, count);
  const ends = [colour.live, colour.mixed, colour.dead];
  return Array.from({ length: count }, (_, i) => {
    const at = 2 * i / (count - 1);
    const from = Math.min(1, Math.floor(at));
    return blend(ends[from], ends[from + 1], at - from);
  });
}

function blend(from, to, share) {
  const parts = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
  const [a, b] = [parts(from), parts(to)];
  return "#" + a.map((part, i) => Math.round(part + share * (b[i] - part)).toString(16).padStart(2, "0")).join("");
}

/** How many things there are: "1 run", "2 runs". */
function counted(count, thing) {
  return `${written(count)} ${thing}${count === 1 ? "" : "s"}`;
}
