// Turns figures into charts, tooltips, tables and files. All text is inserted into the page as text, never as markup.
import { percent, stepScale, valueScale, written } from "./scales.js";

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") node.className = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter(child => child !== null));
  return node;
}

/** The page's current colours, light or dark. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue("--" + name).trim();
  return Object.fromEntries(
    [
      "paper",
      "card",
      "ink",
      "quiet",
      "line",
      "grid",
      "live",
      "dead",
      "all",
      "mixed",
      "published",
      "large",
      "frozen",
      "hop",
      "adjacent",
      "local",
      "leap",
    ].map(name => [name, of(name)]),
  );
}

/** A tooltip: a heading, and rows of [colour, name, value]. */
export function tip(heading, rows) {
  const box = element("div", { class: "tip" }, element("strong", {}, heading));
  for (const [colour, name, value] of rows) {
    const dot = element("span", { class: "dot" });
    dot.style.background = colour;
    box.append(
      element("div", { class: "row" }, dot, element("span", {}, name), element("span", { class: "number" }, value)),
    );
  }
  return box;
}

/** The page's font; its names stand in attributes of a picture, where double quotation marks would end them. */
export function fontFamily() {
  return getComputedStyle(document.body).fontFamily?.replaceAll('"', "'");
}

/** Options shared by all charts. */
export function frame(colour, more) {
  return {
    animation: false,
    textStyle: { fontFamily: fontFamily(), color: colour.ink },
    grid: { left: 62, right: 18, top: 32, bottom: 46 },
    legend: { show: false },
    tooltip: {
      confine: true,
      backgroundColor: colour.card,
      borderColor: colour.line,
      textStyle: { color: colour.ink, fontSize: 13 },
    },
    ...more,
  };
}

/** Where the name of an axis stands: below its middle, or above its upper end. */
export function axisName(name, vertical, colour) {
  return {
    name, nameLocation: vertical ? "end" : "middle", nameGap: vertical ? 14 : 28,
    nameTextStyle: { color: colour.quiet, align: vertical ? "left" : "center", padding: vertical ? [0, 0, 0, -54] : 0 },
  };
}

/** The axis of a scale. */
export function axis(scale, colour, name, vertical) {
  const { ticks, label, ...rest } = scale.axis;
  return {
    ...rest,
    ...axisName(name, vertical, colour),
    axisLine: { show: true, lineStyle: { color: colour.line }, onZero: false },
    axisTick: { show: true, customValues: ticks, lineStyle: { color: colour.line } },
    axisLabel: { customValues: ticks, formatter: label, color: colour.quiet, hideOverlap: true },
    splitLine: { show: false },
  };
}

/** Faint lines at the ticks of a scale. */
export function gridLines(scale, colour) {
  return {
    type: "line",
    silent: true,
    data: [],
    tooltip: { show: false },
    z: 0,
    markLine: {
      silent: true,
      z: 0,
      symbol: "none",
      label: { show: false },
      lineStyle: { color: colour.grid, type: "solid", width: 1 },
      data: scale.axis.ticks.map(at => ({ yAxis: at })),
    },
  };
}

/** The parts of a sequence between values that are not defined, as lists of its places. */
export function unbroken(length, defined) {
  const parts = [[]];
  for (let i = 0; i < length; i++) {
    if (defined(i)) parts.at(-1).push(i);
    else if (parts.at(-1).length > 0) parts.push([]);
  }
  return parts.filter(part => part.length > 0);
}

/** Shapes behind the lines of a chart, which go on and off with the line of their name; each is a list of places. */
function shapes(name, type, outlines, style) {
  return {
    name, type: "custom", silent: true, clip: true, z: 1, color: style.fill ?? style.stroke, tooltip: { show: false },
    data: outlines.map(outline => outline[0]),
    renderItem: ({ dataIndex }, api) => ({
      type, silent: true, shape: { points: outlines[dataIndex].map(place => api.coord(place)) }, style,
    }),
  };
}

/** A band {name, at, low, high, colour, opacity} between two values at each place of an axis. */
export function bandShape({ name, at, low, high, colour, opacity }, x, y) {
  const defined = i => low[i] !== null && high[i] !== null;
  const outlines = unbroken(at.length, defined).map(part => [
    ...part.map(i => [x.place(at[i]), y.place(high[i])]),
    ...part.toReversed().map(i => [x.place(at[i]), y.place(low[i])]),
  ]);
  return shapes(name, "polygon", outlines, { fill: colour, opacity });
}

/** Thin lines {name, at, curves, colour} that have no place in tips. */
export function thinShapes({ name, at, curves, colour }, x, y) {
  const outlines = curves.flatMap(curve =>
    unbroken(at.length, i => curve[i] !== null).map(part => part.map(i => [x.place(at[i]), y.place(curve[i])])),
  );
  return shapes(name, "polyline", outlines, { stroke: colour, lineWidth: 0.8, opacity: 0.55, fill: "none" });
}

/**
 * Lines over steps. A line is {name, steps, values, colour, dash, width, hold, symbols, tips}; hold draws a count that
 * stays until it changes; tips replace its values in tooltips. Marks are single points {name, steps, values, colour,
 * symbol, tips}. Stacked lines are shares that fill the chart from the bottom up. Bands and thin lines lie behind.
 */
export function stepChart({
  lines,
  marks = [],
  bands = [],
  thin = [],
  firstStep = 0,
  lastStep,
  logSteps,
  logValues,
  unit,
  stacked = false,
  shares = stacked,
}) {
  const colour = colours();
  const x = stepScale(lastStep, logSteps, firstStep);
  const y = shares
    ? {
        place: value => value,
        axis: { type: "value", min: 0, max: 1, ticks: [0, 0.25, 0.5, 0.75, 1], label: at => 100 * at + " %" },
      }
    : valueScale(
        [
          ...[...lines, ...marks].flatMap(line => line.values),
          ...bands.flatMap(band => [...band.low, ...band.high]),
          ...thin.flatMap(line => line.curves.flat()),
        ],
        logValues,
      );
  const height = stacked ? stack(lines) : lines.map(line => line.values);
  const series = lines.map((line, at) => ({
    name: line.name,
    type: "line",
    step: line.hold ? "end" : false,
    showSymbol: line.steps.length < 3 || !!line.symbols,
    symbol: "circle",
    symbolSize: 5,
    sampling: undefined,
    connectNulls: false,
    color: line.colour,
    lineStyle: { color: line.colour, width: line.width ?? 2, type: line.dash ? [6, 4] : "solid" },
    itemStyle: { color: line.colour },
    emphasis: { disabled: true },
    areaStyle: stacked ? { opacity: 1, origin: "start" } : undefined,
    z: stacked ? 2 + lines.length - at : 3,
    data: line.steps.map((step, i) => [
      x.place(step),
      y.place(height[at][i]),
      step,
      line.tips ? line.tips[i] : line.values[i],
    ]),
  }));
  const points = marks.map(mark => ({
    name: mark.name,
    type: "scatter",
    symbol: mark.symbol,
    symbolSize: 9,
    symbolRotate: mark.rotate ?? 0,
    itemStyle: { color: mark.colour },
    color: mark.colour,
    data: mark.steps.map((step, i) => ({
      value: [x.place(step), y.place(mark.values[i]), step, mark.values[i]],
      note: mark.tips[i],
    })),
    tooltip: {
      trigger: "item",
      formatter: point => tip(`step ${written(point.value[2])}`, [[mark.colour, point.data.note, ""]]),
    },
  }));
  const option = frame(colour, {
    xAxis: axis(x, colour, x.axis.name, false),
    yAxis: axis(y, colour, unit, true),
    series: [
      gridLines(y, colour),
      ...bands.map(band => bandShape(band, x, y)),
      ...thin.map(line => thinShapes(line, x, y)),
      ...series,
      ...points,
    ],
  });
  option.keys = [
    ...lines.map(line => ({ ...line, shape: stacked ? "area" : "line" })),
    ...marks.map(mark => ({ ...mark, shape: mark.rotate ? "down" : "triangle" })),
  ];
  option.tooltip.trigger = "axis";
  option.tooltip.formatter = hit => {
    const points = (Array.isArray(hit) ? hit : [hit]).filter(point => point.value && point.seriesType === "line");
    if (points.length === 0) return "";
    return tip(
      `step ${written(points[0].value[2])}`,
      points.map(point => [
        point.color,
        point.seriesName,
        typeof point.value[3] === "string"
          ? point.value[3]
          : shares
            ? percent(point.value[3])
            : written(point.value[3]),
      ]),
    );
  };
  option.xAxis.axisPointer = { lineStyle: { color: colour.quiet }, label: { show: false } };
  return option;
}

/**
 * A bar for each token, side by side in the order of their ranks; its parts {name, ranks, values, colour} end at steps,
 * and later parts reach at least as far as earlier ones.
 */
function tokenChart({ bars, lastStep, logSteps, tokens }) {
  const colour = colours();
  const y = stepScale(lastStep, logSteps);
  const between = linear([1, tokens], true).axis.ticks.filter(at => at > 1 && at < tokens);
  const x = {
    axis: { type: "value", min: 1, max: Math.max(tokens, 2), ticks: [1, ...between, tokens], label: written },
  };
  const series = bars.map((part, at) => ({
    name: part.name,
    type: "line",
    step: "middle",
    showSymbol: part.ranks.length < 3,
    symbol: "circle",
    symbolSize: 5,
    color: part.colour,
    lineStyle: { color: part.colour, width: 0.5 },
    itemStyle: { color: part.colour },
    emphasis: { disabled: true },
    areaStyle: { opacity: 1, origin: "start", color: part.colour },
    z: 2 + bars.length - at,
    data: part.ranks.map((rank, i) => [rank, y.place(part.values[i]), rank, part.values[i]]),
  }));
  const option = frame(colour, {
    xAxis: axis(x, colour, "tokens by the end of motion", false), yAxis: axis(y, colour, y.axis.name, true),
    series: [gridLines(y, colour), ...series],
  });
  option.keys = bars.map(part => ({ ...part, shape: "area" }));
  option.tooltip.trigger = "axis";
  option.tooltip.formatter = hit => {
    const points = (Array.isArray(hit) ? hit : [hit]).filter(point => point.value);
    if (points.length === 0) return "";
    return tip(`token ${written(points[0].value[2])} by the end of motion`, points.map(point =>
      [point.color, point.seriesName, point.value[3] === 0 ? "never" : `step ${written(point.value[3])}`]));
  };
  option.xAxis.axisPointer = { lineStyle: { color: colour.quiet }, label: { show: false } };
  return option;
}

/** Running sums over the lines: each line plus all lines before it. */
export function stack(lines) {
  const sums = [];
  lines.forEach((line, at) => sums.push(line.values.map((value, i) => {
    const below = at > 0 ? sums[at - 1][i] : 0;
    return value === null || below === null ? null : value + below;
  })));
  return sums;
}

/** Rows of a table of lines that share their steps. */
export function lineRows(lines) {
  const steps = [...new Set(lines.flatMap(line => line.steps))].sort((a, b) => a - b);
  const at = lines.map(line => new Map(line.steps.map((step, i) => [step, line.values[i]])));
  const held = lines.map(() => null);
  return steps.map(step => [step, ...lines.map((line, i) => {
    if (at[i].has(step)) held[i] = at[i].get(step);
    return line.hold ? held[i] : at[i].get(step) ?? null;
  })]);
}

/** The key to a chart's lines: what each looks like; pressing an entry hides or shows its line. */
export function keysOf(keys, off, toggle) {
  return keys.map(key => {
    const sample = element("span", { class: `sample-${key.shape}${key.dash ? " dashed" : ""}`, "aria-hidden": "true" });
    sample.style.setProperty("--key", key.colour);
    const button = element(
      "button",
      { type: "button", class: "key", "aria-pressed": String(!off.has(key.name)) },
      sample,
      key.name,
    );
    button.addEventListener("click", () => {
      off.has(key.name) ? off.delete(key.name) : off.add(key.name);
      button.setAttribute("aria-pressed", String(!off.has(key.name)));
      toggle(key.name);
    });
    return button;
  });
}

const MOST_ROWS = 150;

/** A table for people; of a long one, the first rows, the last, and some between. */
export function tableOf({ caption, headings, rows }, write = written) {
  const shown =
    rows.length <= MOST_ROWS
      ? rows
      : rows.filter(
          (_, i) =>
            i < 20 ||
            i === rows.length - 1 ||
            Math.floor((i * (MOST_ROWS - 21)) / rows.length) !== Math.floor(((i - 1) * (MOST_ROWS - 21)) / rows.length),
        );
  const numeric = headings.map((_, column) =>
    rows.every(row => row[column] === null || typeof row[column] === "number"),
  );
  const cell = (value, column) =>
    element("td", numeric[column] ? { class: "number" } : {}, typeof value === "string" ? value : write(value));
  const left = rows.length - shown.length;
  return element(
    "table",
    {},
    element(
      "caption",
      {},
      caption +
        (left > 0 ? ` ${written(left)} of ${written(rows.length)} rows are left out here; the file has all.` : ""),
    ),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...headings.map((heading, column) =>
          element("th", numeric[column] ? { scope: "col", class: "number" } : { scope: "col" }, heading),
        ),
      ),
    ),
    element("tbody", {}, ...shown.map(row => element("tr", {}, ...row.map(cell)))),
  );
}

/** A button that saves a table as a CSV file. */
function saveButton(name, table) {
  const button = element("button", { type: "button" }, "Save as CSV");
  button.addEventListener("click", () => saveFile(`${name}.csv`, csvOf(table())));
  return button;
}

/** A table as a CSV file. */
export function csvOf({ headings, rows }) {
  const quoted = value =>
    value === null ? "" : typeof value === "string" ? `"${value.replaceAll('"', '""')}"` : String(value);
  return new Blob([[headings, ...rows].map(row => row.map(quoted).join(",")).join("\r\n") + "\r\n"], {
    type: "text/csv",
  });
}

/** Hands a file to the browser, which may begin to read it some time after the click. */
export function saveFile(name, blob) {
  const address = URL.createObjectURL(blob);
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
