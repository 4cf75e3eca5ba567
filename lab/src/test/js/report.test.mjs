// The scripts of the report without a browser: what they make of figures that are not defined, and of places.
// Run by .ci/page: node --test lab/src/test/js/*.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

/** A module as the page inlines it. */
const inlined = module => module.replace(/^(?:import .*;\n|export )/gm, "");
const folder = new URL("../../main/resources/org/lilgatsby/report/", import.meta.url);

/** Charts as a page is given them. */
const timeCharts = [
  { name: "steps", of: "present", scale: "logarithmic", figures: ["motion.mean", "motion.percentile90"] },
  { name: "zeros", of: "present", scale: "shares", figures: ["motion.zero_share"] },
  { name: "lattice", of: "chosen", scale: "logarithmic", figures: ["lattice.cells, L1, mean"] },
  { name: "norms", of: "present", scale: "linear", figures: ["norms.mean"], updates: false },
  { name: "centroid", of: "all and present", scale: "linear", figures: ["centroid.displacement"], updates: false,
    table: ["centroid.norm", "centroid.speed"] },
  { name: "gradients", of: "present", scale: "logarithmic", figures: ["gradients.mean"] },
].map(chart => {
  const lines = names =>
    names.map(figure => ({ name: figure, figure, colour: "", width: 2, dashed: false, hidden: false }));
  return {
    ...chart,
    title: "T", read: "R", unit: "U", caption: "C", label: "L", missing: "not recorded",
    of_updates: chart.updates ?? true,
    lines: lines(chart.figures),
    table: lines(chart.table ?? []),
  };
});

/** What a page defines when its scripts have run on these data. */
function page(findings, timeline) {
  const largeModel = { populations: [3, 2] };
  const data = { findings, timeline, "large-model": largeModel, "analysis-charts": [], "time-charts": timeCharts };
  const document = {
    getElementById: id => ({ textContent: JSON.stringify(data[id]) }),
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
  const context = vm.createContext({ document, getComputedStyle: () => ({ getPropertyValue: () => "#000" }), atob });
  const scripts = ["scales.js", "charts.js", "figures.js", "cloud.js"].map(name =>
    inlined(readFileSync(new URL(name, folder), "utf8")),
  );
  const names =
    "written, percent, short, stack, stepChart, tokenChart, valueScale, figures, placesOf, isotropic, covered, " +
    "boxOf, state";
  return vm.runInContext(`(() => { ${scripts.join("\n")}\nreturn { ${names} }; })()`, context);
}

const floats = values => Buffer.from(Float32Array.from(values).buffer).toString("base64");
const shorts = values => Buffer.from(Uint16Array.from(values).buffer).toString("base64");

/** A run of two steps of one live and two dead tokens; the dead ones are equal at step 0. */
function data() {
  const spread = { min: [1, 1], mean: [1, 1], max: [1, 1] };
  const motion = {
    mean: [null, 0.5],
    median: [null, 0.5],
    percentile90: [null, 0.5],
    max: [null, 0.5],
    zero_share: [null, 0],
  };
  const each = figure => ({ all: figure, live: figure, dead: figure });
  const group = { populations: [1, 1, 1], distinct: 2, largest: 1, tokens: 2 };
  const regimes = { frozen: [null, 0], "multi cell": [null, 2] };
  const lattice = Object.fromEntries(["cells", "ULP"].flatMap(unit => ["L1", "L2", "L-infinity"].flatMap(norm =>
    ["mean", "max"].map(figure => [`${unit}, ${norm}, ${figure}`, [null, 3]]))));
  return [
    {
      experiment: "x",
      status: "finished",
      names: [],
      corpus: { live: 1, dead: 2, dead_ids: [1, 2] },
      loss: [],
      published: null,
      initial: { all: group, live: group, dead: group },
      final: { step: 1, all: group, live: group, dead: group },
      centroid: { displacement: 0 },
      configuration: { model: { vocabulary: 3 } },
      topology: null,
    },
    {
      recorded: 2,
      last_step: 1,
      steps: [0, 1],
      losses: [null, 4.5],
      gradients: null,
      graph: null,
      census: each({
        step: [0, 1],
        distinct: [2, 3],
        black_holes: [1, 0],
        tokens_in_black_holes: [2, 0],
        singletons: [1, 3],
      }),
      events: each({ step: [], fissions: [], mergers: [], named: [] }),
      motion: each(motion),
      regimes: each(regimes),
      phases: each({ "multi cell": 1, "any motion": 1 }),
      lattice: each(lattice),
      centroid: each({ norm: [1, 1], displacement: [0, 0.1], speed: [null, 0.1] }),
      norms: each(spread),
      cloud: {
        steps: [0, 1],
        tokens: [0, 1, 2],
        drawn_of: 3,
        shares: [1, 0],
        pooled: false,
        box: [-1, 1, 0, 0],
        frames: [
          {
            places: floats([-1, 0, 1, 0, 1, 0]),
            share: 1,
            holes: shorts([0, 1, 1]),
            dead: { places: floats([0, 0, 0, 0]), shares: [null, null], largest_distance: null },
          },
          {
            places: floats([-1, 0, 1, 0, 1, 0]),
            share: 1,
            holes: shorts([0, 1, 2]),
            dead: { places: floats([-0.001, 0, 0.001, 0]), shares: [0.7, 0.2], largest_distance: 0.0025 },
          },
        ],
      },
    },
  ];
}

const chart = { clientWidth: 480, clientHeight: 340 };
const textOf = node => (typeof node === "string" ? node : (node.children ?? []).map(textOf).join(" "));

test("a figure that is not defined is a dash, never a number", () => {
  const { written, percent } = page(...data());
  assert.equal(written(null), "–");
  assert.equal(percent(null), "–");
  assert.equal(written(0), "0");
  assert.equal(percent(0), "0.0 %");
});

test("shares above one that is not defined are not defined", () => {
  const { stack } = page(...data());
  assert.deepEqual(JSON.parse(JSON.stringify(stack([{ values: [null, 0.25] }, { values: [0.5, 0.5] }]))), [
    [null, 0.25],
    [null, 0.75],
  ]);
});

test("every chart has a tip at step 0, where motion is not defined", () => {
  const { figures } = page(...data());
  for (const id of ["loss", "steps", "zeros", "lattice", "centroid", "norms", "census"]) {
    const { option } = figures[id].draw(chart);
    const lines = option.series.filter(series => series.type === "line" && series.name);
    const tip = option.tooltip.formatter(lines.map(line => (
      { value: line.data[0], seriesType: "line", seriesName: line.name, color: "#000" })));
    assert.match(textOf(tip), /^step 0 /, id);
    if (["loss", "steps", "zeros", "lattice"].includes(id)) assert.match(textOf(tip), /–/, id);
    assert.doesNotMatch(textOf(tip), /NaN|null|undefined/, id);
  }
});

test("a chart draws the figures that it is given, of the groups that it names", () => {
  const { figures, state } = page(...data());
  const namesOf = id => [...figures[id].draw(chart).option.series.map(series => series.name).filter(name => name)];
  assert.deepEqual(namesOf("norms"), ["live, norms.mean", "dead, norms.mean"]);
  assert.deepEqual(namesOf("centroid"), ["all", "live", "dead"].map(group => `${group}, centroid.displacement`));
  state.group = "live";
  assert.deepEqual(namesOf("lattice"), ["lattice.cells, L1, mean"]);
  assert.equal(figures.lattice.draw(chart).label, "L live tokens.");
  assert.deepEqual(
    [...figures.centroid.draw(chart).table.headings.slice(0, 3)],
    ["step", "all, centroid.norm", "all, centroid.speed"],
  );
  assert.equal(figures.gradients.draw(chart).empty, "not recorded");
});

test("a token's bar ends at the steps of its life, and a step that never came is no height", () => {
  const { tokenChart } = page(...data());
  const bars = [
    { name: "leaping", ranks: [1, 2], values: [0, 10], colour: "#1" },
    { name: "moving", ranks: [1, 2], values: [0, 100], colour: "#2" },
  ];
  const option = tokenChart({ bars, lastStep: 100, logSteps: false, tokens: 2 });
  const [, leaping, moving] = option.series;
  assert.ok(leaping.z > moving.z, "the shorter part lies in front");
  assert.deepEqual(JSON.parse(JSON.stringify(moving.data)), [[1, 0, 1, 0], [2, 100, 2, 100]]);
  const tip = place =>
    textOf(option.tooltip.formatter([{ value: moving.data[place], seriesName: "moving", color: "#2" }]));
  assert.match(tip(0), /^token 1 by the end of motion .*never$/);
  assert.match(tip(1), /step 100$/);
});

test("no table has a text where a number is not defined", () => {
  const { figures } = page(...data());
  for (const id of ["loss", "steps", "zeros", "regimes", "lattice", "centroid", "norms"]) {
    const { table } = figures[id].draw(chart);
    assert.ok(table.rows.flat().every(cell => cell === null || Number.isFinite(cell)), id);
  }
});

test("places are read as they were written, and marks keep their distance", () => {
  const { figures, state, placesOf } = page(...data());
  assert.deepEqual(JSON.parse(JSON.stringify(placesOf(floats([0.5, -2, 3, 4])))), [[0.5, -2], [3, 4]]);
  state.frame = 1;
  const { option, note, table } = figures["dead-cloud"].draw(chart);
  const [left, right] = option.series[0].data.map(point => point.value[0]);
  assert.ok(Math.abs(Math.abs(left - right) - 0.002) < 1e-9);
  assert.ok(option.xAxis.min < -0.001 && option.xAxis.max > 0.001 && option.xAxis.max < 0.002);
  assert.match(
    note,
    /^2 distinct dead rows at this step, at most 0\.0025 apart \(L2\)\. The plane holds 70\.0 % and 20\.0 % /,
  );
  assert.equal(table.rows.length, 2);
});

test("rows that are not drawn are not said to be equal to others", () => {
  const [findings, ...rest] = data();
  const more = { ...findings, corpus: { ...findings.corpus, dead_ids: [1, 2, 3, 4] } };
  const { figures, state } = page(more, ...rest);
  state.frame = 1;
  const { note } = figures["dead-cloud"].draw(chart);
  assert.match(note, /^2 of 4 dead rows are drawn: 2 distinct ones at this step, at most 0\.0025 apart \(L2\)\. /);
});

test("one point has no scale", () => {
  const { figures, state, isotropic } = page(...data());
  state.frame = 0;
  const { option, note } = figures["dead-cloud"].draw(chart);
  assert.equal(option.xAxis.axisLabel.show, false);
  assert.match(note, /equal bit for bit/);
  assert.equal(isotropic([2, 2, 3, 3], chart).scaled, false);
});

test("marks over each other are counted", () => {
  const { covered, figures, state } = page(...data());
  const at = (x, tokens = [1]) => ({ place: [x, 0], tokens });
  assert.equal(covered([at(0), at(100)], { unit: 1 }), 0);
  assert.equal(covered([at(0), at(3), at(100)], { unit: 1 }), 2);
  assert.equal(covered([at(0, Array(50)), at(20)], { unit: 1 }), 2);
  state.frame = 1;
  assert.match(figures.cloud.draw(chart).note, /2 of the 3 marks overlap/);
});

test("a row that is not finite has no place", () => {
  const [findings, timeline] = data();
  timeline.cloud.frames[1].places = floats([NaN, 0, 1, 0, 1, 0]);
  const { figures, state } = page(findings, timeline);
  state.frame = 1;
  assert.match(figures.cloud.draw(chart).empty, /not finite/);
});

test("an unfinished run is not shown beside what was published of the end", () => {
  const [findings, timeline] = data();
  const published = { notebook: "13.4a", loss: [], dead_populations: [19, 14] };
  const headings = status =>
    page({ ...findings, published, status }, timeline).figures.demographics.draw(chart).table.headings;
  assert.ok(headings("finished").some(heading => heading.startsWith("published")));
  assert.ok(!headings("unfinished").some(heading => heading.startsWith("published")));
  assert.match(
    page({ ...findings, status: "unfinished" }, timeline).figures.demographics.title,
    /at step 1, the last recorded$/,
  );
});

test("demographics say how many groups are not drawn", () => {
  const note = groups => {
    const [findings, timeline] = data();
    findings.final.dead = {
      ...findings.final.dead,
      populations: Array(groups).fill(1),
      distinct: groups,
      tokens: groups,
    };
    return page(findings, timeline).figures.demographics.draw(chart).note;
  };
  assert.equal(note(40), undefined);
  assert.equal(note(51), "The bars end at rank 40 of 51; the data table has all.");
});
