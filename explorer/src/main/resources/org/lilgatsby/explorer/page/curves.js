// Curves over the steps: one chart a quantity, one line a group of tokens.
import { colours, element, keysOf, lineRows, stepChart } from "/charts/charts.js";
import { ask, Latest, pause } from "./api.js";
import { rangeIn } from "./clock.js";
import { Chart, Figure, write } from "./figure.js";
import { count, exact, words } from "./words.js";

const USUAL = [
  "loss",
  "census.distinct",
  "census.largest",
  "step-sizes.max",
  "regimes.frozen",
  "centroid.displacement",
];
const GRID = { left: 62, right: 18 };
const ASK_AGAIN_MILLISECONDS = 300;

/** A file of a curve has all its states, up to this many. */
const MOST_POINTS = 65536;
const LOGARITHMIC = new Set(["W", "W/update", "W^2", "cells", "ULP", "nats/W"]);
const DRAG_PIXELS = 5;
const DECADE = 10;

/** Whether values are lengths that span more than a decade, so that a linear axis would hide most of them. */
export function spansDecades(values, unit) {
  if (!LOGARITHMIC.has(unit)) return false;
  const positive = values.filter(value => value > 0);
  return (
    positive.length > 0 &&
    positive.reduce((a, b) => Math.max(a, b)) > DECADE * positive.reduce((a, b) => Math.min(a, b))
  );
}

/** Curves that differ only in the group of tokens belong to one quantity. */
export function quantitiesOf(curves) {
  const quantities = new Map();
  for (const curve of curves) {
    const id = curve.group ? curve.name.slice(0, curve.name.lastIndexOf(".")) : curve.name;
    if (!quantities.has(id))
      quantities.set(id, {
        id,
        label: words(curve.label),
        unit: curve.unit,
        definition: curve.definition,
        analysis: curve.analysis,
        curves: [],
      });
    quantities.get(id).curves.push(curve);
  }
  return quantities;
}

/** What a chart's values are, at its axis: their unit, or what a count or ratio is of. */
export const axisOf = ({ id, unit }) => unit || words(id.slice(id.lastIndexOf(".") + 1));

/** The lines of one quantity: {name, curve} with the server's answer. */
export function linesOf(answers, colourOf) {
  return answers.flatMap(({ name, curve }) => {
    if (!curve || curve.waiting) return [];
    const colour = colourOf(name);
    if (curve.values) return [{ name, steps: curve.steps, values: curve.values, colour }];
    return ["low", "high"].map(side => ({ name, steps: curve.steps, values: curve[side], colour, width: 1 }));
  });
}

/** What a curve is at a step, if the answer holds it: undefined if not. */
export function valueAt(curve, step) {
  if (!curve?.values) return undefined;
  let [low, high] = [0, curve.steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    curve.steps[middle] < step ? (low = middle + 1) : (high = middle);
  }
  return curve.steps[low] === step ? curve.values[low] : undefined;
}

/** The last value of a curve that was recorded before a step, as [step, value]; undefined if there is none. */
export function lastBefore({ steps, values }, step) {
  const at = steps.findLastIndex((other, i) => other < step && values[i] !== null);
  return at < 0 ? undefined : [steps[at], values[at]];
}

const written = name => name.replaceAll("%", "%25").replaceAll(",", "%2C");

/** Names of the lines of a quantity that the address hides. */
export function hiddenLines(address, id) {
  return new Set(
    address
      .list("hidden")
      .filter(entry => entry.startsWith(`${id}~`))
      .map(entry => entry.slice(id.length + 1).replaceAll("%2C", ",").replaceAll("%25", "%")),
  );
}

/** Writes into the address which lines of a quantity are hidden. */
export function hideLines(address, id, names) {
  const others = address.list("hidden").filter(entry => !entry.startsWith(`${id}~`));
  const now = [...others, ...[...names].map(name => `${id}~${written(name)}`)];
  address.set({ hidden: now.length === 0 ? null : now });
}

/** The chart of one quantity; lines are [{name, key}], where key names the curve in the answer. */
export class CurveFigure {
  constructor({ quantity, lines, clock, address, name, colourOf, every, marks = () => [] }) {
    Object.assign(this, { quantity, lines, clock, address, colourOf, every, marks });
    this.figure = new Figure({
      title: quantity.label,
      read: `${quantity.definition ?? ""}${quantity.unit ? ` (${quantity.unit})` : ""}`,
      name: `${name}-${quantity.id}`,
    });
    this.chart = new Chart(this.figure, { height: 220, label: `Line chart: ${quantity.label}` });
    this.cursor = element("div", { class: "cursor" });
    this.span = element("div", { class: "span" });
    this.chart.node.append(this.cursor, this.span);
    this.chart.changed = () => this.moveCursor();
    this.readouts = new Map();
    this.answers = null;
    this.exact = new Map();
    this.axis = this.range();
    this.pointer();
  }

  /** The steps to show; axis has those that are drawn, which are fewer where a run under way has gone on. */
  range() {
    return rangeIn(this.address, this.clock);
  }

  /** Hides the lines that the address says, where that is not so already. */
  rehide() {
    const off = hiddenLines(this.address, this.quantity.id);
    if (String([...off].sort()) !== String([...this.chart.off].sort())) this.draw();
  }

  /** Pixels between the ends of the axis; the picture's own width, which is known without laying out the page. */
  get inner() {
    return (this.chart.instance?.getWidth() ?? this.chart.node.clientWidth) - GRID.left - GRID.right;
  }

  get logSteps() {
    return this.address.get("axis", "linear") === "logarithmic";
  }

  place(step) {
    return this.logSteps ? Math.log10(1 + step) : step;
  }

  stepAt(x) {
    const [from, to] = this.axis.map(step => this.place(step));
    const at = from + ((x - GRID.left) / this.inner) * (to - from);
    return this.clock.nearest(this.logSteps ? 10 ** at - 1 : at);
  }

  xOf(step) {
    const [from, to] = this.axis.map(at => this.place(at));
    return GRID.left + ((this.place(step) - from) / (to - from || 1)) * this.inner;
  }

  pointer() {
    const node = this.chart.node;
    const x = event => event.clientX - node.getBoundingClientRect().left;
    let start = null;
    node.addEventListener("pointermove", event => {
      this.clock.hover(this.stepAt(x(event)));
      if (start === null) return;
      this.span.hidden = Math.abs(x(event) - start) < DRAG_PIXELS;
      this.span.style.left = `${Math.min(start, x(event))}px`;
      this.span.style.width = `${Math.abs(x(event) - start)}px`;
    });
    node.addEventListener("pointerleave", () => this.clock.hover(null));
    node.addEventListener("pointerdown", event => {
      if (event.button !== 0) return;
      start = x(event);
      if (event.isTrusted) node.setPointerCapture(event.pointerId);
    });
    node.addEventListener("pointerup", event => {
      if (start === null) return;
      const [low, high] = [Math.min(start, x(event)), Math.max(start, x(event))];
      start = null;
      this.span.hidden = true;
      if (high - low < DRAG_PIXELS) return this.clock.go(this.stepAt(high));
      const [from, to] = [this.stepAt(low), this.stepAt(high)];
      if (to > from) this.address.set({ from, to });
    });
    node.addEventListener("pointercancel", () => {
      start = null;
      this.span.hidden = true;
    });
    node.addEventListener("dblclick", () => this.address.set({ from: null, to: null }));
    this.span.hidden = true;
  }

  /** Whether a run under way has recorded more than a curve tells: its value at the step comes with the next answer. */
  isAhead(curve) {
    return this.clock.growing && curve?.until < this.clock.shown;
  }

  /**
   * Draws answers, unless what is drawn already shows them. Where some curves are asked again because they were still
   * being analysed, the others stay as they are although the run goes on.
   */
  show(answers, again = false) {
    this.answers = answers;
    const same = this.content() === this.drawn && (again || this.axis[1] === this.range()[1]);
    same ? this.readOut() : this.draw();
  }

  /** Says why there is nothing to draw. */
  fail(message) {
    this.drawn = null;
    this.figure.show({ empty: message });
  }

  /** What tells two pictures apart but their last step: a curve of the same steps, known as far, is the same. */
  content() {
    const curves = this.lines.map(({ key }) => this.answers[key]);
    return JSON.stringify([
      this.range()[0],
      this.logSteps,
      curves.map(curve => curve && [curve.waiting, curve.until, curve.steps?.length, curve.steps?.[0]]),
    ]);
  }

  draw() {
    if (!this.answers) return;
    this.drawn = this.content();
    this.axis = this.range();
    const known = this.lines.map(({ name, key }) => ({ name, curve: this.answers[key] }));
    const waiting = known.some(({ curve }) => curve?.waiting);
    const lines = linesOf(known, this.colourOf);
    const empty = lines.every(line => line.values.every(value => value === null));
    const [firstStep, lastStep] = this.axis;
    if (empty) {
      this.figure.show({ empty: waiting ? "Analysing …" : "Not defined at any step shown." });
      return;
    }
    const bands = known
      .filter(({ curve }) => curve?.low)
      .map(({ name, curve }) => ({
        name,
        at: curve.steps,
        low: curve.low,
        high: curve.high,
        colour: this.colourOf(name),
        opacity: 0.45,
      }));
    const option = stepChart({
      lines,
      bands,
      firstStep,
      lastStep,
      logSteps: this.logSteps,
      logValues: spansDecades(
        lines.flatMap(line => line.values),
        this.quantity.unit,
      ),
      unit: axisOf(this.quantity),
    });
    option.tooltip = { show: false };
    option.keys = [...new Map(option.keys.map(key => [key.name, key])).values()];
    this.figure.show({
      label: `Line chart over steps: ${this.quantity.label}. ${known.map(({ name }) => name).join(", ")}.`,
      note: waiting ? "Some lines are still being analysed." : "",
      table: () => this.tableOf(lines),
      file: async () =>
        this.tableOf(
          this.every && this.missing().length > 0 ? this.linesOf(await this.every(this.range())) : lines,
        ),
    });
    this.chart.off = hiddenLines(this.address, this.quantity.id);
    const keys = keysOf(option.keys, this.chart.off, name => {
      this.chart.toggle(name);
      hideLines(this.address, this.quantity.id, this.chart.off);
    });
    this.readouts = new Map(option.keys.map((key, i) => {
      const readout = element("span", { class: "readout" });
      keys[i].append(readout);
      return [key.name, readout];
    }));
    this.figure.keys.replaceChildren(...keys);
    this.chart.show(option);
    this.readOut();
  }

  linesOf(answers) {
    return linesOf(this.lines.map(({ name, key }) => ({ name, curve: answers[key] })), this.colourOf);
  }

  tableOf(lines) {
    return {
      caption: `${this.quantity.label}${this.quantity.unit ? `, ${this.quantity.unit}` : ""}.`,
      headings: [
        "step",
        ...lines.map((line, i) =>
          lines[i + 1]?.name === line.name
            ? `${line.name}, least`
            : lines[i - 1]?.name === line.name
              ? `${line.name}, greatest`
              : line.name,
        ),
      ],
      rows: lineRows(lines),
    };
  }

  moveCursor() {
    if (!this.chart.instance) return;
    const [from, to] = this.axis;
    const step = this.clock.growing ? Math.min(to, this.clock.shown) : this.clock.shown;
    this.cursor.hidden = step < from || step > to;
    this.cursor.style.transform = `translateX(${this.xOf(step)}px)`;
  }

  /** Names of the curves whose value at the clock's step is not among what was sent. */
  missing() {
    return this.lines
      .map(({ key }) => key)
      .filter(key => {
        const curve = this.answers?.[key];
        return curve && !curve.values && !curve.waiting && !this.isAhead(curve);
      });
  }

  /** Those of them whose value was not asked for: a curve may have come after the values of others. */
  unread() {
    const asked = this.exact.get("step") === this.clock.shown;
    return this.missing().filter(key => !asked || !this.exact.has(key));
  }

  readOut() {
    const step = this.clock.shown;
    for (const { name, key } of this.lines) {
      const readout = this.readouts.get(name);
      if (!readout) continue;
      const curve = this.answers?.[key];
      const read = this.read(curve, key, step);
      write(readout, read ?? "…");
      const of = read === undefined ? "" : String(step);
      if (readout.dataset.step !== of) readout.dataset.step = of;
    }
    this.moveCursor();
  }

  /** A curve's value at a step in words, or the last one before; undefined as long as the value is not known. */
  read(curve, key, step) {
    if (!curve) return exact(null);
    if (this.isAhead(curve)) return undefined;
    const known = this.exact.get("step") === step && this.exact.has(key);
    if (!curve.values && !known) return undefined;
    const value = curve.values ? valueAt(curve, step) : this.exact.get(key);
    if (value !== undefined) return exact(value);
    const before = curve.values && lastBefore(curve, step);
    return before ? `${exact(before[1])} at step ${count(before[0])}` : "not recorded at this step";
  }
}

/** All chosen quantities of one run. */
export class CurvesPanel {
  constructor({ run, id, clock, address, redraws }) {
    Object.assign(this, { run, id, clock, address, redraws });
    this.quantities = quantitiesOf(run.curves);
    this.figures = new Map();
    this.grid = element("div", { class: "figures" });
    this.chooser = this.choose();
    this.node = element("section", { class: "part", "aria-labelledby": "curves-title" },
      element("h2", { id: "curves-title" }, "Curves"), this.chooser, this.grid);
    this.request = new Latest(() => this.load());
    this.readings = new Latest(step => this.read(step));
    this.ends = [
      clock.listen(() => this.tick()),
      address.listen(changed => {
        if (changed.has("curves")) this.arrange();
        if (changed.has("hidden")) for (const figure of this.figures.values()) figure.rehide();
        if (["axis", "from", "to"].some(key => changed.has(key))) this.extend();
      }),
    ];
    this.arrange();
  }

  chosen() {
    return this.address.list("curves", USUAL).filter(id => this.quantities.has(id));
  }

  choose() {
    const filter = element("input", {
      type: "search",
      placeholder: "norm, census …",
      "aria-label": "Filter quantities",
    });
    const list = element("div", { class: "quantities" });
    const fill = () => {
      const chosen = this.chosen();
      const wanted = filter.value.toLowerCase().split(/\s+/);
      list.replaceChildren(
        ...[...this.quantities.values()]
          .filter(quantity =>
            wanted.every(word =>
              `${quantity.id} ${quantity.label} ${quantity.definition}`.toLowerCase().includes(word),
            ),
          )
          .map(quantity => {
            const box = element("input", { type: "checkbox" });
            box.checked = chosen.includes(quantity.id);
            box.addEventListener("change", () => {
              const now = this.chosen().filter(id => id !== quantity.id);
              this.address.set({ curves: box.checked ? [...now, quantity.id] : now });
            });
            return element("label", { title: quantity.definition ?? "" }, box, ` ${quantity.label}`);
          }),
      );
    };
    filter.addEventListener("input", fill);
    const fold = element(
      "details",
      { class: "chooser" },
      element("summary", {}, `Choose from ${this.quantities.size} quantities`),
      filter,
      list,
    );
    fold.addEventListener("toggle", () => fold.open && fill());
    return fold;
  }

  arrange() {
    const chosen = this.chosen();
    for (const [id] of this.figures) if (!chosen.includes(id)) this.figures.delete(id);
    for (const id of chosen) {
      if (this.figures.has(id)) continue;
      const quantity = this.quantities.get(id);
      const colour = name => ({ ...colours(), [quantity.id]: colours().live })[name] ?? colours().all;
      const lines = quantity.curves.map(curve => ({ name: curve.group ?? quantity.label, key: curve.name }));
      const figure = new CurveFigure({
        quantity,
        lines,
        clock: this.clock,
        address: this.address,
        name: this.run.name,
        colourOf: colour,
        every: async ([from, to]) =>
          (
            await ask(`runs/${this.id}/curves`, {
              names: lines.map(line => line.key).join(","),
              from,
              to,
              points: MOST_POINTS,
            })
          ).curves,
      });
      figure.figure.show({ empty: "Loading …" });
      this.figures.set(id, figure);
    }
    this.grid.replaceChildren(...chosen.map(id => this.figures.get(id).figure.node));
    this.extend();
  }

  async load() {
    const figures = [...this.figures.values()];
    if (figures.length === 0) return;
    const [from, to] = figures[0].range();
    const again = !this.outdated;
    this.outdated = false;
    const names = figures
      .flatMap(figure => figure.lines.map(line => line.key))
      .filter(name => !again || this.known[name]?.waiting);
    if (names.length === 0) return;
    const points = Math.max(100, Math.min(2000, Math.round((this.grid.firstChild?.clientWidth || 600) * 0.9)));
    try {
      const axis = this.address.get("axis", "linear");
      const { curves } = await ask(`runs/${this.id}/curves`, { names: names.join(","), from, to, points, axis });
      this.known = again ? { ...this.known, ...curves } : curves;
      const began = performance.now();
      for (const figure of figures) figure.show(this.known, again);
      this.redraws.took(performance.now() - began);
      this.tick();
      if (Object.values(curves).some(curve => curve.waiting))
        pause(ASK_AGAIN_MILLISECONDS).then(() => this.request.want());
    } catch (error) {
      for (const figure of figures) figure.fail(error.message);
    }
  }

  tick() {
    for (const figure of this.figures.values()) figure.readOut();
    if ([...this.figures.values()].some(figure => figure.unread().length > 0)) this.readings.want(this.clock.shown);
  }

  /** All curves are asked for: more was recorded, or others are wanted. */
  extend() {
    this.outdated = true;
    this.request.want();
  }

  /** The values at a step of curves that came as minima and maxima. */
  async read(step) {
    const names = [...this.figures.values()].flatMap(figure => figure.missing());
    if (names.length === 0) return;
    const { curves } = await ask(`runs/${this.id}/curves`, {
      names: names.join(","),
      from: step,
      to: step,
      points: 1,
    }).catch(() => ({ curves: {} }));
    for (const figure of this.figures.values()) {
      figure.exact = new Map([["step", step], ...names.map(name => [name, valueAt(curves[name], step)])]);
      figure.readOut();
    }
  }

  redraw() {
    for (const figure of this.figures.values()) figure.draw();
  }

  close() {
    this.ends.forEach(end => end());
  }
}
