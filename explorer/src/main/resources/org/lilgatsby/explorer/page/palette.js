// Colours of what has no colour of its own, in both schemes.

/** Distinct colours for a few things; further ones repeat. */
const SERIES = {
  light: ["#0b66b5", "#c2410c", "#0f766e", "#7c3aed", "#8a6d00", "#be185d", "#3f6212", "#475569"],
  dark: ["#6db6f2", "#f0894f", "#4cc2b3", "#b79bf5", "#d8b53c", "#f472b6", "#a3d16b", "#b6bdc6"],
};

export function isDark() {
  const theme = document.documentElement.dataset.theme;
  return theme === "dark" || theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches;
}

export const seriesColour = at => SERIES[isDark() ? "dark" : "light"][at % 8];

/** A colour for a label, the same at every step. */
export function labelColour(label) {
  const hue = Math.round(label * 137.508 % 360);
  return `hsl(${hue} 65% ${isDark() ? 66 : 40}%)`;
}

/** From 0 to 1: from faint to strong. */
export function ramp(share) {
  const at = Math.max(0, Math.min(1, share));
  const [from, to] = isDark() ? [[58, 72, 98], [250, 204, 120]] : [[150, 180, 214], [122, 18, 60]];
  return `rgb(${from.map((start, i) => Math.round(start + at * (to[i] - start))).join(" ")})`;
}

/** From −1 to 1: below, none, above. */
export function diverging(share) {
  const at = Math.max(-1, Math.min(1, share));
  const none = isDark() ? [27, 31, 37] : [255, 255, 255];
  const end = at < 0 ? (isDark() ? [109, 182, 242] : [11, 102, 181]) : isDark() ? [240, 137, 79] : [194, 65, 12];
  return `rgb(${none.map((start, i) => Math.round(start + Math.abs(at) * (end[i] - start))).join(" ")})`;
}
