// Axes that show what linear and logarithmic ones hide: step 0, zeros, and the first hundred steps.

export const ZERO = "0";

/** Stands for an undefined figure: null, as JSON has no NaN. */
export const UNKNOWN = "–";

/** Formats a figure: whole numbers with separators, small ones with an exponent. */
export function written(value) {
  if (value === null) return UNKNOWN;
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString("en-US");
  const magnitude = Math.abs(value);
  if (magnitude < 1e-3 || magnitude >= 1e6) return value.toExponential(4).replace("e-", "e−").replace("-", "−");
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

/** A share as a percentage. */
export function percent(share) {
  return share === null ? UNKNOWN : (100 * share).toFixed(1) + " %";
}

/** A figure on an axis, where three digits are enough. */
export function short(value) {
  const rounded = Number(value.toPrecision(3));
  const text = rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
  return text.replaceAll("-", "−");
}

/** Steps on an axis: logarithmic in step + 1, so that step 0 is included, or linear. */
export function stepScale(lastStep, logarithmic, firstStep = 0) {
  const place = logarithmic ? step => Math.log10(1 + step) : step => step;
  const step = logarithmic ? place => Math.round(10 ** place - 1) : place => Math.round(place);
  const ticks = [];
  if (logarithmic) {
    ticks.push(firstStep);
    for (let decade = 1; decade <= lastStep; decade *= 10) if (decade > 2 * firstStep) ticks.push(decade);
    if (lastStep > 2 * ticks[ticks.length - 1] || lastStep === 0) ticks.push(lastStep);
    else if (ticks[ticks.length - 1] !== lastStep) ticks[ticks.length - 1] = lastStep;
  } else {
    const size = Math.max(
      1,
      niceStep(Math.max(lastStep - firstStep, 1) / 5, lastStep - firstStep < 25 ? [1, 2, 5, 10] : undefined),
    );
    for (let at = Math.ceil(firstStep / size) * size; at < lastStep - size / 2; at += size) ticks.push(at);
    ticks.push(lastStep);
  }
  return {
    place,
    axis: {
      type: "value", min: place(firstStep), max: place(Math.max(lastStep, firstStep + 1)),
      ticks: [...new Set(ticks)].map(place),
      label: at => step(at).toLocaleString("en-US"),
      name: logarithmic ? "step (logarithmic)" : "step",
    },
  };
}

/** Values on an axis: linear, or logarithmic with a lane below for exact zeros; counts have no ticks between them. */
export function valueScale(values, logarithmic, counts = false) {
  const numbers = values.filter(value => value !== null && Number.isFinite(value));
  if (!logarithmic) return linear(numbers, counts);
  const positive = numbers.filter(value => value > 0);
  if (positive.length === 0) return linear(numbers, counts);
  const low = Math.floor(Math.log10(positive.reduce((a, b) => Math.min(a, b))) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(positive.reduce((a, b) => Math.max(a, b))) - 1e-9));
  const lane = Math.max(0.4, (high - low) * 0.12);
  const hasZero = numbers.some(value => value === 0);
  const every = Math.ceil((high - low) / 6);
  const ticks = hasZero ? [low - lane] : [];
  for (let decade = low; decade <= high; decade++) if ((high - decade) % every === 0) ticks.push(decade);
  return {
    place: value => (value === null || !Number.isFinite(value) ? null : value > 0 ? Math.log10(value) : low - lane),
    axis: {
      type: "value", min: hasZero ? low - lane * 1.3 : low, max: high, ticks,
      label: at => (at < low - 1e-9 ? ZERO : decade(Math.round(at))),
    },
  };
}

function linear(numbers, counts) {
  let low = numbers.reduce((a, b) => Math.min(a, b), Infinity);
  let high = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(low)) [low, high] = [0, 1];
  if (low === high) [low, high] = low === 0 ? [0, 1] : [low - Math.abs(low) / 10, high + Math.abs(high) / 10];
  const size = counts ? Math.max(1, niceStep((high - low) / 5, [1, 2, 5, 10])) : niceStep((high - low) / 5);
  const from = low >= 0 && low < high / 2 ? 0 : Math.floor(low / size + 1e-9) * size;
  const ticks = [];
  const count = Math.ceil((high - from) / size - 1e-9);
  for (let i = 0; i <= count; i++) ticks.push(from + i * size);
  // Digits that tell neighbours apart: with the usual five, ticks 1e-8 apart around 1 would all be "1".
  const digits = Math.min(17, Math.floor(Math.log10(Math.max(Math.abs(from), Math.abs(high)) / size)) + 3);
  return {
    place: value => (value === null || !Number.isFinite(value) ? null : value),
    axis: {
      type: "value", min: from, max: from + count * size, ticks,
      label: at => {
        const value = Number((Math.round(at / size) * size).toPrecision(Math.max(6, digits)));
        return digits > 5
          ? value.toLocaleString("en-US", { maximumSignificantDigits: digits }).replace("-", "−")
          : written(value).replace(/\.?0+e/, "e");
      },
    },
  };
}

export function niceStep(size, factors = [1, 2, 2.5, 5, 10]) {
  const decade = 10 ** Math.floor(Math.log10(size));
  return factors.map(factor => factor * decade).find(step => step >= size * (1 - 1e-9));
}

function decade(exponent) {
  const digits = String(Math.abs(exponent)).split("").map(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");
  return exponent >= 0 && exponent <= 4
    ? (10 ** exponent).toLocaleString("en-US")
    : "10" + (exponent < 0 ? "⁻" : "") + digits;
}
