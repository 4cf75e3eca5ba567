// The scripts of a sweep's page without a browser: what is sampled, ordered and placed, and how. Run by .ci/page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

/** A module as the page inlines it. */
const inlined = module => module.replace(/^(?:import .*;\n|export )/gm, "");
const folder = new URL("../../main/resources/org/lilgatsby/", import.meta.url);
const scripts = [
  "report/scales.js",
  "report/charts.js",
  ...["data", "lanes", "ribbons", "settings", "figures", "runs"].map(name => `sweep/page/${name}.js`),
].map(name => inlined(readFileSync(new URL(name, folder), "utf8")));
const colour = {
  live: "#0b66b5",
  dead: "#c2410c",
  mixed: "#7c3aed",
  published: "#0f766e",
  large: "#8a6d00",
  all: "#4b5563",
};

/** What a page defines when its scripts have run on these data. */
function page(sweep) {
  const document = {
    getElementById: () => ({ textContent: JSON.stringify(sweep) }),
    documentElement: {},
    body: {},
    createElement: name => ({
      name,
      style: {},
      children: [],
      setAttribute() {},
      append(...more) {
        this.children.push(...more);
      },
    }),
  };
  const context = vm.createContext({
    document,
    getComputedStyle: () => ({ getPropertyValue: name => colour[name.slice(2)] ?? "#888888" }),
  });
  const names =
    "drawnOf, spacedInRatios, spansDecades, palette, swarm, chosenRuns, figures, state, dimensions, broken, " +
    "valueScale, unbroken, runColumns, valuesOf";
  return vm.runInContext(`(() => { ${scripts.join("\n")}\nreturn { ${names} }; })()`, context);
}

const plain = value => JSON.parse(JSON.stringify(value));
const distribution = (values, more = {}) => ({
  n: values.length,
  mean: values.reduce((a, b) => a + b) / values.length,
  deviation: 1,
  least: Math.min(...values),
  lower_quartile: values[0],
  median: values[0],
  upper_quartile: values.at(-1),
  greatest: Math.max(...values),
  mean_interval: { low: Math.min(...values), high: Math.max(...values) },
  ...more,
});
const band = (n, values) =>
  Object.fromEntries([
    ["n", n],
    ...[
      "mean",
      "deviation",
      "least",
      "lower_quartile",
      "median",
      "upper_quartile",
      "greatest",
      "mean_low",
      "mean_high",
    ].map(key => [key, values]),
  ]);

/** Two groups of two runs, one of which failed; a figure is undefined in another. */
function data() {
  return {
    name: "x",
    counts: { complete: false, points: 4, done: 3, failed: 1, missing: 0 },
    groups_of_all: 2,
    groups: [
      { place: 0, name: "low", n: 2 },
      { place: 1, name: "high", n: 1 },
    ],
    varied: [
      { setting: "training.learning_rate", values: ["1.0e-5", "0.01"], numeric: true, together: [] },
      { setting: "seed", values: ["9", "10"], numeric: true, together: [] },
    ],
    runs: {
      total: 4,
      keys: ["a", "b", "c", "d"].map(key => key.repeat(64)),
      states: ["done", "done", "done", "failed"],
      groups: [0, 0, 1, 1],
      settings: [
        [0, 0, 1, 1],
        [0, 1, 0, 1],
      ],
      reasons: { 3: "</script><b>no</b>" },
      links: { 0: "./run/report.html" },
      drawn: [0, 1, 2],
    },
    outcomes: [
      {
        figure: { name: "final.dead.black_holes", label: "black holes", unit: "", kind: "count" },
        headline: true,
        values: [3, 5, 4, null],
        groups: [
          { undefined: 0, distribution: distribution([3, 5]) },
          {
            undefined: 0,
            distribution: distribution([4], { mean_interval: { low: null, high: null }, deviation: null }),
          },
        ],
        axes: [
          { setting: "training.learning_rate", values: [1e-5, 0.01], values_of_all: 2, band: band([2, 1], [4, 4]) },
        ],
      },
      {
        figure: { name: "gap", label: "gap", unit: "L2", kind: "number" },
        headline: false,
        values: [0.5, null, null],
        groups: [
          { undefined: 1, distribution: distribution([0.5]) },
          { undefined: 1, distribution: null },
        ],
        axes: [],
      },
    ],
    series: {
      steps: [0, 1, 10],
      recorded_steps: 11,
      runs: [0, 2],
      figures: [
        {
          figure: { name: "dead.moved", label: "moved", unit: "", kind: "number" },
          groups: [band([0, 2, 2], [null, 2, 1]), band([0, 1, 1], [null, 3, 0])],
          runs: [
            [null, 2, 1],
            [null, 3, 0],
          ],
        },
      ],
    },
    criteria: [
      {
        criterion: "two",
        sentence: "first step with two",
        groups: [
          { n: 2, met: 1, step: distribution([1]) },
          { n: 1, met: 0, step: null },
        ],
        steps: [1, null, null, null],
      },
    ],
  };
}

const chart = { clientWidth: 600, clientHeight: 340 };

test("a sample has the least and the greatest, in order", () => {
  const { drawnOf } = page(data());
  const values = Array.from({ length: 1000 }, (_, row) => ({ row, value: (row * 7919) % 1000 }));
  const drawn = plain(drawnOf(values, 50)).map(run => run.value);
  assert.equal(drawn.length, 50);
  assert.equal(drawn[0], 0);
  assert.equal(drawn.at(-1), 999);
  assert.ok(drawn.every((value, i) => i === 0 || drawn[i - 1] < value));
  assert.equal(drawnOf(values, 1000).length, 1000);
});

test("an axis is logarithmic where its values are spaced in ratios", () => {
  const { spacedInRatios } = page(data());
  assert.ok(spacedInRatios([1e-6, 1e-5, 1e-4]));
  assert.ok(spacedInRatios([0, 0.001, 0.01, 0.1]));
  assert.ok(spacedInRatios([1, 2, 4, 8, 16]));
  assert.ok(spacedInRatios([0.001, 0.01]));
  for (const values of [[1, 2, 3, 4], [0, 0.5, 1], [-1, 1, 10], [7], [0], [100, 101], [32, 64]])
    assert.ok(!spacedInRatios(values), String(values));
});

test("values are on a logarithmic scale only if none is negative", () => {
  const { spansDecades } = page(data());
  assert.ok(spansDecades([0, 1, 1000]));
  assert.ok(!spansDecades([-1, 1, 1000]));
  assert.ok(!spansDecades([0]));
});

test("a scale of counts has whole ticks", () => {
  const { valueScale } = page(data());
  assert.deepEqual(plain(valueScale([0, 1, 2], false, true).axis.ticks), [0, 1, 2]);
  assert.ok(valueScale([0, 13], false, true).axis.ticks.every(Number.isInteger));
  const near = [[1 - 3e-8, 1 + 2e-8], [-4.54880001, -4.5488], [2000000.5, 2000001], [0.25, 0.5], [1e-7, 3e-7]];
  for (const values of near) {
    const { ticks, label } = valueScale(values, false).axis;
    assert.equal(new Set(ticks.map(label)).size, ticks.length, `the ticks of ${values} can be told apart`);
  }
});

test("groups have different colours, however many", () => {
  const { palette } = page(data());
  for (const count of [1, 2, 6, 7, 12]) assert.equal(new Set(palette(count, colour)).size, count);
});

test("dots at one place lie beside each other, within their room", () => {
  const { swarm } = page(data());
  const offsets = plain(swarm([10, 10, 10, 50], 8, 12));
  assert.equal(new Set(offsets.slice(0, 3)).size, 3);
  assert.ok(Math.max(...offsets) - Math.min(...offsets) <= 12);
  assert.equal(offsets[3], 0);
});

test("a line is broken where it is not defined", () => {
  const { unbroken } = page(data());
  const values = [null, 1, 2, null, null, 3];
  assert.deepEqual(plain(unbroken(values.length, i => values[i] !== null)), [[1, 2], [5]]);
});

test("runs are sorted by number, and those without a value come last either way", () => {
  const { chosenRuns, runColumns } = page(data());
  const all = { text: "", state: "all", group: "all", descending: false };
  const column = name => runColumns.findIndex(of => of.name === name);
  assert.deepEqual(plain(chosenRuns({ ...all, column: column("seed") })), [0, 2, 1, 3]);
  assert.deepEqual(plain(chosenRuns({ ...all, column: column("black holes") })), [0, 2, 1, 3]);
  assert.deepEqual(plain(chosenRuns({ ...all, column: column("black holes"), descending: true })), [1, 2, 0, 3]);
  assert.deepEqual(plain(chosenRuns({ ...all, column: null, state: "failed" })), [3]);
  assert.deepEqual(plain(chosenRuns({ ...all, column: null, text: "Seed 10" })), [1, 3]);
  assert.deepEqual(plain(chosenRuns({ ...all, column: null, text: "<B>NO" })), [3]);
  assert.deepEqual(plain(chosenRuns({ ...all, column: null, group: "0" })), [0, 1]);
});

test("statistics are those of all runs, and undefined ones stay undefined", () => {
  const { figures, state } = page(data());
  const drawn = figures["distribution-0"].draw(chart);
  assert.deepEqual(plain(drawn.table.rows[1]), ["high", 1, 4, null, null, null, 4, 4, 4, 4, 4]);
  assert.equal(drawn.option.series.find(series => series.name === "each run").data.length, 3);
  assert.equal(drawn.note, undefined);
  state.figure = "gap";
  const other = figures["distribution-other"].draw(chart);
  assert.equal(other.option.series.find(series => series.name === "quartiles and range").data.length, 1);
  assert.deepEqual(plain(other.table.rows[1].slice(1)), Array(10).fill(null));
});

test("a dot lies where its value is on the axis of its chart", () => {
  const { figures } = page(data());
  const { option } = figures["distribution-0"].draw(chart);
  assert.deepEqual(
    plain(option.series.find(series => series.name === "each run").data.map(dot => dot.value[0])),
    [3, 5, 4],
  );
  const along = figures["along-0"].draw(chart).option;
  assert.deepEqual(
    plain(
      along.series.filter(series => series.type === "scatter").flatMap(series => series.data.map(dot => dot.value)),
    ),
    [
      [-5, 3],
      [-5, 5],
      [-2, 4],
    ].map(([x, y]) => [x, y]),
  );
  assert.match(along.xAxis.name, /logarithmic/);
});

test("figures over the steps have gaps where no run has them", () => {
  const { figures, state } = page(data());
  const { option, note, more } = figures["over-steps"].draw(chart);
  const line = option.series.find(series => series.type === "line" && series.name === "low");
  assert.equal(line.data[0][1], null);
  assert.match(line.data[1][3], /^2 \(2 to 2, n = 2\)$/);
  assert.match(note, /Of 11 recorded steps, 3 are drawn/);
  assert.match(more.name, /2 of 3 runs/);
  state.singles = "yes";
  assert.equal(figures["over-steps"].draw(chart).option.series.filter(series => series.type === "custom").length, 2);
});

test("runs that never met a criterion are counted, not drawn", () => {
  const { figures } = page(data());
  const { option, label } = figures["criterion-0"].draw(chart);
  assert.equal(option.series.find(series => series.name === "each run").data.length, 1);
  assert.match(label, /low: 1 of 2 runs; high: 0 of 1 run\./);
});

test("a run crosses each axis at its value", () => {
  const { figures, dimensions } = page(data());
  assert.deepEqual(plain(dimensions().map(axis => axis.of(2))), [0.01, 4]);
  const { option } = figures.parallel.draw({ clientWidth: 1000, clientHeight: 400 });
  assert.deepEqual(plain(option.series.map(series => series.data)), [[[-5, 3], [-5, 5]], [[-2, 4]]]);
  assert.equal(figures.parallel.draw({ clientWidth: 300, clientHeight: 400 }).option.parallel.layout, "vertical");
});

test("parallel axes are below each other where there is no room for their names", () => {
  const sweep = data();
  sweep.outcomes = Array.from({ length: 14 }, () => sweep.outcomes[0]);
  const { figures } = page(sweep);
  const layout = clientWidth => figures.parallel.draw({ clientWidth, clientHeight: 400 }).option.parallel.layout;
  assert.equal(layout(1170), "vertical");
  assert.equal(layout(2400), "horizontal");
  sweep.outcomes[0].figure.label = "a very long name ".repeat(9);
  const axis = page(sweep).figures.parallel.draw({ clientWidth: 390, clientHeight: 400 }).option.parallelAxis[1];
  assert.match(axis.name, /^a very long name .{10,30}…$/);
  assert.equal(axis.nameTruncate, undefined, "its background would hide all lines across the chart");
});

test("small ticks have no zeros at the end", () => {
  const { ticks, label } = page(data()).valueScale([0, 8e-4], false).axis;
  assert.deepEqual(plain(ticks.map(label)), ["0", "2e−4", "4e−4", "6e−4", "8e−4"]);
  assert.equal(page(data()).valueScale([0, 1.2e-3], false).axis.label(2.5e-4), "2.5e−4");
});

test("with one run at each value, no line and no band is announced", () => {
  const sweep = data();
  const drawn = () => page(sweep).figures["along-0"].draw({ clientWidth: 500, clientHeight: 300 });
  assert.equal(drawn().note, undefined);
  sweep.outcomes[0].axes[0].band = band([1, 1], [4, 4]);
  assert.match(drawn().note, /^One run at each value: no line and no band\./);
});

test("a run without a value on an axis is said to pass it by", () => {
  const sweep = data();
  assert.equal(page(sweep).figures.parallel.draw({ clientWidth: 1000, clientHeight: 400 }).note, undefined);
  sweep.outcomes[0].values[2] = null;
  const { option, note } = page(sweep).figures.parallel.draw({ clientWidth: 1000, clientHeight: 400 });
  assert.deepEqual(plain(option.series[1].data), [[-2, "-"]]);
  assert.match(note, /^1 run without a value on an axis/);
});

test("no chart and no table has a text in place of a number", () => {
  const { figures } = page(data());
  for (const figure of Object.values(figures)) {
    const { table, more, empty } = figure.draw(chart);
    if (empty) continue;
    for (const { rows } of [table, ...(more ? [more.table] : [])]) {
      assert.ok(
        rows
          .flat()
          .every(
            cell => cell === null || (typeof cell === "string" && !/NaN|undefined/.test(cell)) || Number.isFinite(cell),
          ),
        figure.title,
      );
    }
  }
});

test("a sweep without a done run says so", () => {
  const none = data();
  none.runs.states.fill("missing");
  none.runs.drawn = [];
  none.counts = { complete: false, points: 4, done: 0, failed: 0, missing: 4 };
  none.outcomes = [];
  none.series = null;
  none.criteria = [];
  assert.match(page(none).figures.parallel.draw(chart).empty, /./);
});
