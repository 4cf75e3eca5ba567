// The modules of the explorer's page without a browser: what they make of answers. Run by .ci/explore.
import assert from "node:assert/strict";
import { register } from "node:module";
import test from "node:test";

const charts = new URL("../../../../lab/src/main/resources/org/lilgatsby/report/", import.meta.url).href;
const hooks = `
export const resolve = (name, context, next) =>
  next(name.startsWith("/charts/") ? ${JSON.stringify(charts)} + name.slice(8) : name, context);
export const load = async (url, context, next) =>
  next(url, { ...context, format: url.startsWith("file:") ? "module" : context.format });`;
register("data:text/javascript," + encodeURIComponent(hooks));
const page = name =>
  import(new URL(`../../main/resources/org/lilgatsby/explorer/page/${name}.js`, import.meta.url).href);

const item = more => ({
  name: "x",
  path: "/runs/x",
  title: null,
  kind: "run",
  status: "complete",
  precision: "bf16",
  fault: null,
  seed: 42,
  loss: null,
  ...more,
});

test("a filter's words must all be in an item, or in the column they name", async () => {
  const { matches } = await page("list");
  assert.ok(matches(item({}), "") && matches(item({}), "RUNS complete") && matches(item({}), "seed:42 x"));
  assert.ok(!matches(item({}), "seed:43") && !matches(item({}), "complete y"));
});

test("a folder is said below its root, a long one by its end", async () => {
  const { folderOf } = await page("list");
  assert.equal(folderOf({ path: "/runs/a/b" }, ["/other", "/runs"]), "a/b");
  assert.equal(folderOf({ path: "/runs" }, ["/runs"]), "/runs");
  assert.equal(folderOf({ path: "/r/" + "x".repeat(50) + "end" }, ["/r"]).length, 39);
});

test("what is unknown comes last, upwards and downwards", async () => {
  const { sorted } = await page("list");
  const items = [item({ name: "a", loss: null }), item({ name: "b", loss: 10 }), item({ name: "c", loss: 9 })];
  assert.deepEqual(
    sorted(items, "loss", false).map(({ name }) => name),
    ["c", "b", "a"],
  );
  assert.deepEqual(
    sorted(items, "loss", true).map(({ name }) => name),
    ["b", "c", "a"],
  );
});

test("curves that differ in their tokens alone are one quantity", async () => {
  const { quantitiesOf } = await page("curves");
  const curve = (name, group) => ({ name, group, label: "l", unit: "", definition: "" });
  const quantities = quantitiesOf([
    curve("loss", null),
    curve("census.distinct.dead", "dead"),
    curve("census.distinct.all", "all"),
  ]);
  assert.deepEqual(
    [...quantities].map(([id, { curves }]) => [id, curves.length]),
    [
      ["loss", 1],
      ["census.distinct", 2],
    ],
  );
});

test("a step's value is that step's, not a neighbour's, and null is a value", async () => {
  const { valueAt } = await page("curves");
  const curve = { steps: [0, 10, 20], values: [1, null, 3] };
  assert.deepEqual(
    [0, 10, 15, 20, 30].map(step => valueAt(curve, step)),
    [1, null, undefined, 3, undefined],
  );
  assert.equal(valueAt({ steps: [0], low: [1], high: [2] }, 0), undefined);
});

test("a curve that came after the values of others is asked for its own", async () => {
  const { CurveFigure } = await page("curves");
  const spread = { steps: [0, 5], low: [1, 1], high: [2, 2] };
  const figure = Object.assign(Object.create(CurveFigure.prototype), {
    lines: [{ key: "loss" }, { key: "dead" }],
    clock: { shown: 3 },
    answers: { loss: spread, dead: { waiting: true } },
    exact: new Map([
      ["step", 3],
      ["loss", 1.5],
    ]),
  });
  assert.deepEqual(figure.unread(), []);
  figure.answers.dead = spread;
  assert.deepEqual(figure.unread(), ["dead"]);
  figure.exact.set("dead", undefined); // asked for, and not recorded
  assert.deepEqual(figure.unread(), []);
  figure.clock.shown = 4;
  assert.deepEqual(figure.unread(), ["loss", "dead"]);
});

test("an axis has its unit, or what is counted", async () => {
  const { axisOf } = await page("curves");
  assert.equal(axisOf({ id: "step-sizes.max", unit: "W" }), "W");
  assert.equal(axisOf({ id: "census.black_holes", unit: "" }), "black holes");
});

test("minima and maxima are both drawn, so that no spike is lost", async () => {
  const { linesOf } = await page("curves");
  const lines = linesOf(
    [
      { name: "x", curve: { steps: [0, 5], low: [1, 1], high: [1, 9] } },
      { name: "y", curve: { waiting: true } },
    ],
    () => "#000",
  );
  assert.deepEqual(
    lines.map(line => line.values),
    [
      [1, 1],
      [1, 9],
    ],
  );
});

test("lengths within a decade stay linear", async () => {
  const { spansDecades } = await page("curves");
  assert.ok(
    !spansDecades([0.9, 1], "W") &&
      spansDecades([0.001, null, 0, 1], "W") &&
      !spansDecades([1, 1000], "") &&
      !spansDecades([], "W"),
  );
});

test("figures keep their last digit", async () => {
  const { exact } = await page("words");
  assert.deepEqual([0.1 + 0.2, 12345, -0.5, null, 1e-7].map(exact), [
    "0.30000000000000004",
    "12,345",
    "−0.5",
    "–",
    "1e−7",
  ]);
});

test("bands that meet in time lie in different lanes", async () => {
  const { lanesOf, populationAt } = await page("genealogy");
  const band = (id, from, to) => ({
    id,
    from,
    to,
    populations: [
      [from, 2],
      [from + 1, 3],
    ],
  });
  const lanes = lanesOf([band(0, 0, 10), band(1, 5, 8), band(2, 11, 12)]);
  assert.deepEqual(
    lanes.map(lane => lane.bands.map(({ id }) => id)),
    [[0, 2], [1]],
  );
  assert.deepEqual(
    [-1, 0, 1, 9].map(step => populationAt(band(0, 0, 10), step)),
    [0, 2, 3, 3],
  );
});

test("one cell is seen beside thousands", async () => {
  const { shadeOf } = await page("lattice");
  assert.deepEqual(
    [0, 1, -1, 32768].map(cells => shadeOf(cells, 32768)),
    [0, 0.25, -0.25, 1],
  );
  assert.equal(shadeOf(1, 1), 0.25);
});

test("equal rows are one mark; a row without a place is none", async () => {
  const { inside, marksOf } = await page("frames");
  const frame = { rows: [3, 4, 5], labels: Uint16Array.of(3, 3, 5), places: Float32Array.of(1, 2, 1, 2, NaN, 0) };
  assert.deepEqual(
    marksOf(frame, id => id === 4),
    [{ label: 3, x: 1, y: 2, rows: [0, 1], dead: 1 }],
  );
  const square = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
  ];
  assert.ok(inside([1, 1], square) && !inside([3, 1], square));
});

test("runs of one name are told apart by as few settings as do it", async () => {
  const { namesOf } = await page("many");
  const runs = [{ name: "x" }, { name: "x" }];
  assert.deepEqual(
    namesOf(runs, [
      { key: "a.scale", values: [1, 1] },
      { key: "seed", values: [1, 2] },
      { key: "b.c", values: [5, 6] },
    ]),
    ["seed 1", "seed 2"],
  );
  assert.deepEqual(namesOf(runs, []), ["x 1", "x 2"]);
  assert.deepEqual(namesOf([{ name: "x" }, { name: "y" }], []), ["x", "y"]);
});

test("text in an SVG file is text", async () => {
  const { SvgPen } = await page("pen");
  const pen = new SvgPen();
  pen.text(1, 2, '</text><script>"&\u0000', { fill: "#000", font: '"A"' });
  const file = pen.file(10, 10, "#fff");
  assert.ok(
    file.includes("&lt;/text&gt;&lt;script&gt;&quot;&amp;\ufffd</text>") && file.includes("font-family=\"'A'\""),
  );
});

test("a nested configuration is a list of its settings", async () => {
  const { flat } = await page("settings");
  assert.deepEqual(flat({ a: { b: 1, c: null }, d: ["x", "y"] }), [
    ["a.b", "1"],
    ["a.c", "none"],
    ["d", "x, y"],
  ]);
});

test("the clock stops at recorded steps only, and goes along with a run under way from its end", async () => {
  globalThis.requestAnimationFrame = work => work(0);
  const { Clock } = await page("clock");
  const clock = new Clock({ first: 0, last: 30, every: 10 });
  assert.deepEqual(
    [-5, 4, 6, 99].map(step => clock.nearest(step)),
    [0, 0, 10, 30],
  );
  clock.extend(60);
  clock.go(12);
  clock.extend(90);
  assert.deepEqual([clock.step, clock.last], [10, 90]);
  clock.hover(48);
  assert.equal(clock.shown, 50);
  clock.hover(null);
  assert.equal(clock.shown, 10);
});

/** Frames of the screen that a test shows one by one. */
function screen() {
  const waiting = [];
  globalThis.requestAnimationFrame = act => waiting.push(act);
  return now => waiting.splice(0).forEach(act => act(now));
}

test("while it plays the clock stands as long as views wait, and then goes on from there at its speed", async () => {
  const { Clock } = await page("clock");
  const show = screen();
  const clock = new Clock({ first: 0, last: 1000 });
  let late = false;
  clock.waits = () => late;
  clock.setSpeed(100);
  clock.play();
  show(0);
  show(50);
  assert.equal(clock.step, 5);
  late = true;
  show(1000);
  show(2000);
  assert.equal(clock.step, 5);
  late = false;
  show(3000);
  assert.equal(clock.step, 5);
  show(3020);
  assert.equal(clock.step, 7);
  clock.stop();
});

test("playing faster than the screen passes states over, and ends with the last one", async () => {
  const { Clock } = await page("clock");
  const show = screen();
  const clock = new Clock({ first: 0, last: 100 });
  const shown = [];
  clock.listen(() => shown.push(clock.step));
  clock.setSpeed(1000);
  clock.play();
  [0, 40, 80, 120, 160].forEach(show);
  assert.deepEqual([...new Set(shown)], [0, 40, 80, 100]);
  assert.ok(!clock.playing);
});

test("what follows from a changed clock is painted in the frame in which it changes", async () => {
  const { Clock } = await page("clock");
  const { beforePaint } = await page("frame");
  const show = screen();
  const clock = new Clock({ first: 0, last: 10 });
  const done = [];
  clock.listen(() => {
    beforePaint(() => done.push("painted"));
    done.push("told");
  });
  clock.go(5);
  assert.deepEqual(done, []);
  show(0);
  assert.deepEqual(done, ["told", "painted"]);
  beforePaint(() => done.push("later"));
  assert.equal(done.length, 2, "not outside of a frame");
  show(20);
  assert.equal(done.at(-1), "later");
});

test("a clock knows which new state it would show", async () => {
  const { Clock } = await page("clock");
  screen();
  const clock = new Clock({ first: 0, last: 10, every: 5 });
  assert.equal(clock.next(12), null);
  assert.equal(clock.next(23), 20);
  clock.hover(5);
  assert.equal(clock.next(23), null, "the pointer is over another");
  clock.hover(null);
  clock.go(5);
  assert.equal(clock.next(23), null, "somebody moved it");
});

test("a clock that stands at the end of a growing run goes along until somebody moves it", async () => {
  const { Clock } = await page("clock");
  screen();
  const clock = new Clock({ first: 0, last: 10 });
  clock.extend(20);
  assert.deepEqual([clock.step, clock.growing], [20, true]);
  clock.go(5);
  clock.extend(30);
  assert.deepEqual([clock.step, clock.last, clock.growing], [5, 30, false]);
});

/** A server of blocks of one row: every state from a step to another, as far as they are recorded. */
function blocks(clock) {
  const asked = [];
  globalThis.fetch = async address => {
    const { pathname, searchParams } = new URL(address, "http://localhost");
    const [from, to] = ["from", "to"].map(name => Number(searchParams.get(name)));
    asked.push(`${searchParams.get("views")} ${from}-${to}`);
    assert.ok(pathname.endsWith("/blocks"));
    const steps = Array.from({ length: Math.min(to, clock.last) - from + 1 }, (_, i) => from + i);
    const block = { steps, rows: [0] };
    let header = JSON.stringify({
      blocks: [block, { ...block, type: "uint32" }],
      bytes: [8 * steps.length, 12 * steps.length],
    });
    header += " ".repeat(-header.length & 3);
    const numbers = new Uint32Array(3 * steps.length);
    const bytes = new Uint8Array(4 + header.length + numbers.byteLength);
    new DataView(bytes.buffer).setUint32(0, header.length, true);
    bytes.set(new TextEncoder().encode(header), 4);
    return { ok: true, headers: new Map(), arrayBuffer: async () => bytes.buffer };
  };
  return asked;
}

test("of a run that grows the newest state is fetched alone, and a block once another state is wanted", async () => {
  const { Clock } = await page("clock");
  const { Frames } = await page("frames");
  screen();
  const clock = new Clock({ first: 0, last: 300 });
  const asked = blocks(clock);
  let loaded;
  const frames = new Frames({
    path: "runs/x",
    clock,
    rows: 1,
    projection: "final",
    of: "all",
    figure: null,
    loaded: () => loaded(),
    failed: assert.fail,
  });
  const come = async step => {
    const came = new Promise(resolve => (loaded = resolve));
    assert.equal(frames.at(step), undefined);
    await came;
    assert.equal(frames.at(step).step, step);
    frames.prefetch(step);
    return asked.splice(0);
  };
  assert.deepEqual(await come(300), ["cloud,groups 256-300", "cloud,groups 0-255"]);
  await new Promise(resolve => (loaded = resolve));
  clock.extend(320);
  assert.deepEqual(await come(320), ["cloud,groups 320-320"]);
  clock.extend(600);
  assert.deepEqual(await come(600), ["cloud,groups 600-600"], "not the block that begins, either");
  assert.deepEqual(await come(310), ["cloud,groups 256-511"]);
  await frames.expect(601);
  clock.extend(601);
  assert.equal(frames.at(601).step, 601, "what was expected is there when the clock shows it");
  assert.deepEqual(asked, ["cloud,groups 601-601"]);
  frames.close();
});

test("a sweep says which folder to give for runs that cannot be opened", async () => {
  const { openable } = await page("sweep");
  const runs = items => items.map(item => ({ item }));
  const sweep = { path: "sweeps/a", store: "/elsewhere", storeServed: false, keepsRecordings: true };
  assert.equal(openable({ ...sweep, runs: runs(["x", "y"]) }), "");
  assert.match(
    openable({ ...sweep, runs: runs([null, null]) }),
    /^0 runs can be opened.*lilgatsby explore sweeps\/a \/elsewhere$/,
  );
  assert.match(
    openable({ ...sweep, storeServed: true, runs: runs(["x", null]) }),
    /^1 run can be opened; the others kept no recording/,
  );
  assert.match(openable({ ...sweep, keepsRecordings: false, runs: runs([null]) }), /--keep recording/);
  assert.match(openable({ ...sweep, store: null, runs: runs([null]) }), /was not given/);
});

test("words on one line are one text of a still", async () => {
  const { linesOf } = await page("still");
  const box = (left, top) => ({ left, right: left + 10, top, height: 12 });
  const lines = linesOf([
    ["a", box(0, 0)],
    ["b", box(14, 1)],
    ["c", box(0, 20)],
  ]);
  assert.deepEqual(
    lines.map(({ text, left, right }) => [text, left, right]),
    [
      ["a b", 0, 24],
      ["c", 0, 10],
    ],
  );
});

test("numbers that follow each other are a range in the address, and read again in their order", async () => {
  const { ranges } = await page("address");
  assert.deepEqual(ranges(new Set([65, 3, 4, 5, 9])), ["65", "3-5", "9"]);
  assert.deepEqual(ranges([...Array(1000).keys()]), ["0-999"]);
  assert.deepEqual(ranges([]), []);
});

test("a setting that is several settings is said by its parts", async () => {
  const { told } = await page("settings");
  assert.equal(told({ recipe: "whitespace", sizes: [1, 2] }), "recipe whitespace, sizes 1, 2");
  assert.equal(told(null), "none");
});

test("a lattice of black holes alone has their rows and distances", async () => {
  const { holesOf } = await page("lattice");
  const rows = [{ id: 4, size: 3 }, { id: 1, size: 1 }, { id: 2, size: 2 }];
  const distances = [[0, 9, 1], [9, 0, 9], [1, 9, 0]];
  const holes = holesOf({ rows, cells: [[0], [9], [1]], distances, medoid: 4 });
  assert.deepEqual(holes.rows.map(row => row.id), [4, 2]);
  assert.deepEqual(holes.cells, [[0], [1]]);
  assert.deepEqual(holes.distances, [[0, 1], [1, 0]]);
});

test("a filter of a sweep means numbers whole, and begins of texts", async () => {
  const { pointMatches } = await page("sweep");
  const point = { "initialization.mode": "unit-noise", seed: "1", loss: "3.15" };
  for (const filter of ["", "seed:1", "mode:unit", "unit-noise seed:1", "3.15"])
    assert.ok(pointMatches(point, filter), filter);
  for (const filter of ["seed:15", "mode:bf16", "unit seed:2"]) assert.ok(!pointMatches(point, filter), filter);
});

test("what is not recorded at a step was last recorded before it", async () => {
  const { lastBefore } = await page("curves");
  const curve = { steps: [10, 20, 30], values: [1, null, 3] };
  assert.deepEqual([5, 10, 25, 40].map(step => lastBefore(curve, step)), [undefined, undefined, [10, 1], [30, 3]]);
});

test("hidden lines are kept in the address, whatever their names are", async () => {
  const { hiddenLines, hideLines } = await page("curves");
  let hidden = ["loss~x"];
  const address = { list: () => hidden, set: changes => (hidden = changes.hidden) };
  hideLines(address, "norm", new Set(["a, b", "100%2C"]));
  assert.deepEqual([...hiddenLines(address, "norm")], ["a, b", "100%2C"]);
  assert.deepEqual([...hiddenLines(address, "loss")], ["x"]);
  assert.ok(hidden.every(entry => !entry.includes(",")));
  hideLines(address, "norm", new Set());
  hideLines(address, "loss", new Set());
  assert.equal(hidden, null);
});

test("keys stay within a lattice", async () => {
  const { moved } = await page("lattice");
  const from = { row: 0, column: 1 };
  assert.deepEqual(moved(from, "ArrowUp", 3, 4), from);
  assert.deepEqual(moved(from, "PageDown", 3, 4), { row: 2, column: 1 });
  assert.deepEqual(moved(from, "End", 3, 4), { row: 0, column: 3 });
  assert.equal(moved(from, "x", 3, 4), null);
});

test("keys lead from change to change of a black hole", async () => {
  const { changeOf } = await page("genealogy");
  const band = { from: 2, to: 9, populations: [[2, 3], [5, 4]] };
  assert.deepEqual([2, 5, 9].map(step => changeOf(band, step, true)), [5, 9, 9]);
  assert.deepEqual([9, 5, 2].map(step => changeOf(band, step, false)), [5, 2, 2]);
});

test("events are counted by kind", async () => {
  const { summaryOf } = await page("events");
  assert.equal(
    summaryOf(["merger", "fission", "merger", "last motion"].map(kind => ({ kind }))),
    "2 mergers, 1 split, 1 end of a phase",
  );
});

test("what is over all steps is drawn again once it is wider by a line and has cost little of the time", async () => {
  const { Redraws } = await page("redraws");
  const redraws = new Redraws(1000, 0);
  assert.ok(!redraws.isDue(1100, 10000));
  assert.ok(redraws.isDue(1100, 10001));
  assert.ok(!redraws.isDue(1005, 10001), "no line wider");
  assert.ok(redraws.isDue(1251, 2001), "too little of the run is shown");
  redraws.took(50);
  assert.ok(!redraws.isDue(1100, 15000));
  assert.ok(redraws.isDue(1100, 15001));
  redraws.took(1000);
  assert.ok(redraws.isDue(1100, 60001), "however much it costs");
  redraws.begin(1100, 60001);
  assert.ok(!redraws.isDue(1100, 200000), "nothing new");
});

test("an answer that shows nothing new is not drawn again", async () => {
  const { CurveFigure } = await page("curves");
  let [drawn, read] = [0, 0];
  const figure = Object.assign(Object.create(CurveFigure.prototype), {
    lines: [{ key: "loss" }],
    range: () => [0, 9],
    address: { get: () => "linear" },
    draw() {
      Object.assign(this, { drawn: this.content(), axis: this.range() });
      drawn++;
    },
    readOut: () => read++,
    figure: { show: () => {} },
  });
  const loss = { steps: [0, 5], values: [2, 1], until: 5 };
  figure.show({ loss: { waiting: true } });
  figure.show({ loss: { waiting: true } });
  assert.deepEqual([drawn, read], [1, 1]);
  figure.show({ loss });
  figure.show({ loss: { ...loss } });
  assert.deepEqual([drawn, read], [2, 2]);
  figure.show({ loss: { ...loss, until: 6 } });
  figure.range = () => [0, 10];
  figure.show({ loss: { ...loss, until: 6 } });
  assert.equal(drawn, 4);
  figure.fail("gone");
  figure.show({ loss: { ...loss, until: 6 } });
  assert.equal(drawn, 5, "in place of what failed");
  figure.range = () => [0, 11];
  figure.show({ loss: { ...loss, until: 6 } }, true);
  assert.equal(drawn, 5, "another curve was asked again");
});

test("a place in a chart is a step of what is drawn, although the run went on", async () => {
  const { CurveFigure } = await page("curves");
  const figure = Object.assign(Object.create(CurveFigure.prototype), {
    clock: { nearest: Math.round },
    address: { get: () => "linear" },
    chart: { instance: { getWidth: () => 180 } },
    axis: [0, 1000],
    range: () => [0, 1400],
  });
  assert.equal(figure.stepAt(figure.xOf(700)), 700);
  assert.equal(figure.xOf(1000) - figure.xOf(0), figure.inner);
});
