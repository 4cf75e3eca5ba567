// Many runs on one clock: what differs, where they part, curves over each other or as ribbons, and their clouds.
import { colours, element, stepChart, tableOf } from "/charts/charts.js";
import { follow, linkTo } from "./address.js";
import { ask, askUntilReady, Latest, pause } from "./api.js";
import { Clock, FollowingClock, rangeIn } from "./clock.js";
import { CloudPanel } from "./cloud.js";
import { axisOf, CurveFigure, quantitiesOf, spansDecades, valueAt } from "./curves.js";
import { Chart, Figure } from "./figure.js";
import { seriesColour } from "./palette.js";
import { Scrubber } from "./scrubber.js";
import { tellingOf, told } from "./settings.js";
import { Tokens } from "./tokens.js";
import { count, exact, many } from "./words.js";

const MOST_RUNS = 64;
const MOST_CLOUDS = 12;
const ASK_AGAIN_MILLISECONDS = 500;
const USUAL = ["loss", "census.distinct", "census.largest", "centroid.displacement"];

/** Names that tell runs apart: their own, else what differs in their settings, else a number. */
export function namesOf(runs, settings) {
  const unique = names => new Set(names).size === names.length;
  const own = runs.map(run => run.name);
  if (unique(own)) return own;
  const by = tellingOf(settings, runs.length);
  return unique(by) ? by : own.map((name, i) => `${name} ${i + 1}`);
}

class RibbonFigure {
  constructor({ quantity, name, clock, address }) {
    Object.assign(this, { quantity, clock, address });
    this.figure = new Figure({
      title: quantity.label,
      read:
        `${quantity.definition ?? ""}: median as a line, mean dashed; ` +
        "dark between the quartiles, light from the least to the greatest.",
      name: `ribbon-${name}`,
    });
    this.chart = new Chart(this.figure, { height: 220, label: `Ribbon: ${quantity.label}` });
    this.said = element("p", { class: "note" });
    this.figure.picture.append(this.said);
  }

  show({ ribbon, runs, without = {} }) {
    this.ribbon = ribbon;
    this.runs = runs;
    this.without = Object.keys(without).length;
    this.draw();
  }

  fail(message) {
    this.figure.show({ empty: message });
  }

  draw() {
    const { ribbon } = this;
    if (!ribbon) return;
    if (ribbon.steps.length === 0 || ribbon.median.every(value => value === null)) {
      this.figure.show({ empty: "No run has this curve at these steps." });
      return;
    }
    const colour = colours();
    const [firstStep, lastStep] = rangeIn(this.address, this.clock);
    const option = stepChart({
      lines: [
        { name: "median", steps: ribbon.steps, values: ribbon.median, colour: colour.live },
        { name: "mean", steps: ribbon.steps, values: ribbon.mean, colour: colour.ink, dash: true, width: 1 },
      ],
      bands: [
        {
          name: "least to greatest",
          at: ribbon.steps,
          low: ribbon.low,
          high: ribbon.high,
          colour: colour.live,
          opacity: 0.15,
        },
        {
          name: "quartiles",
          at: ribbon.steps,
          low: ribbon.lowerQuartile,
          high: ribbon.upperQuartile,
          colour: colour.live,
          opacity: 0.3,
        },
      ],
      firstStep,
      lastStep,
      logSteps: this.address.get("axis") === "logarithmic",
      logValues: spansDecades([...ribbon.low, ...ribbon.high], this.quantity.unit),
      unit: axisOf(this.quantity),
    });
    option.tooltip = { show: false };
    this.figure.show({
      label: `Ribbon over ${many(this.runs, "run")}: ${this.quantity.label}`,
      note: this.without > 0 ? `${many(this.without, "run")} without this curve.` : "",
      table: () => ({
        caption: `${this.quantity.label} over ${many(this.runs, "run")}.`,
        headings: ["step", "runs", "mean", "median", "lower quartile", "upper quartile", "least", "greatest"],
        rows: ribbon.steps.map((step, i) => [
          step,
          ribbon.n[i],
          ribbon.mean[i],
          ribbon.median[i],
          ribbon.lowerQuartile[i],
          ribbon.upperQuartile[i],
          ribbon.low[i],
          ribbon.high[i],
        ]),
      }),
    });
    this.chart.show(option);
    this.readOut();
  }

  readOut() {
    const { ribbon } = this;
    if (!ribbon) return;
    const at = ribbon.steps.findLastIndex(step => step <= this.clock.shown);
    this.said.textContent =
      at < 0
        ? ""
        : `Step ${count(ribbon.steps[at])}: median ${exact(ribbon.median[at])}, from ${exact(ribbon.low[at])} to ` +
          `${exact(ribbon.high[at])}, ${many(ribbon.n[at], "run")}`;
  }
}

export class ManyView {
  constructor(main, { address, live, say }) {
    Object.assign(this, { main, address, live, say });
    this.ids = address.list("runs").slice(0, MOST_RUNS);
    this.left = address.list("runs").length - this.ids.length;
    this.ends = [];
    this.panels = [];
    this.figures = new Map();
  }

  async load() {
    const runs = await Promise.all(this.ids.map(id => ask(`runs/${id}`)));
    if (runs.some(run => run.begins))
      throw new Error("One of these runs has recorded no step yet; compare them once it has.");
    const comparison = await ask("compare", { runs: this.ids.join(",") });
    Object.assign(this, { runs, names: namesOf(runs, comparison.settings) });
    document.getElementById("where").textContent = many(runs.length, "run");
    document.title = `${many(runs.length, "run")} – Lil Gatsby`;
    const of = key => runs.map(run => run.steps[key]);
    this.clock = new Clock({
      first: Math.min(...of("first")),
      last: Math.max(...of("last")),
      every: Math.min(...of("every")),
    });
    this.clock.step = this.clock.nearest(this.address.number("step", this.clock.last));
    this.scrubber = new Scrubber(this.clock, this.address);
    this.group = this.address.get("of", runs.some(run => run.tokens.some(token => token.dead)) ? "dead" : "all");
    this.quantities = new Map(runs.flatMap(run => [...quantitiesOf(run.curves)]));
    this.differences = element("section", { class: "card", "aria-labelledby": "differences" });
    this.curves = element("div", { class: "figures" });
    this.clouds = element("div", { class: "multiples" });
    this.main.append(
      element("h1", {}, `${many(runs.length, "run")} on one clock`),
      this.scrubber.node,
      this.controls(),
      this.differences,
      element("h2", {}, "Curves"),
      this.curves,
      element("h2", {}, "Clouds"),
      element("p", { class: "note" }, this.cloudsNote()),
      this.clouds,
    );
    this.compare(comparison);
    this.request = new Latest(() => this.loadCurves());
    this.readings = new Latest(step => this.read(step));
    this.arrange();
    runs.slice(0, MOST_CLOUDS).forEach((run, i) => this.cloud(run, i));
    this.ends.push(
      this.clock.listen(() => {
        this.address.set({ step: this.clock.step === this.clock.last ? null : this.clock.step });
        this.tick();
      }),
      this.address.listen(changed => {
        if (changed.has("hidden")) for (const figure of this.figures.values()) figure.rehide?.();
        if (["curves", "of", "as"].some(key => changed.has(key))) this.arrange();
        else if (["axis", "from", "to"].some(key => changed.has(key))) this.request.want();
      }),
      this.live.on("run", progress => {
        if (!this.ids.includes(progress.id)) return;
        this.clock.extend(progress.step);
        this.request.want();
      }),
    );
  }

  cloudsNote() {
    const more = this.runs.length > MOST_CLOUDS ? ` The first ${MOST_CLOUDS} of ${this.runs.length} are drawn.` : "";
    return (
      "Each in the plane of its own last step, at the clock’s step. Scales are not shared: distances in one cloud do " +
      `not compare with those in another.${more}${
        this.left > 0 ? ` ${many(this.left, "further run")} left out: at most ${MOST_RUNS} are compared.` : ""
      }`
    );
  }

  cloud(run, i) {
    const id = this.ids[i];
    const panel = new CloudPanel({
      path: `runs/${id}`,
      run,
      clock: new FollowingClock(this.clock, run.steps),
      address: this.address,
      tokens: new Tokens(run.tokens, this.address),
      height: 220,
      small: true,
      usualOf: this.group,
    });
    panel.figure.retitle(this.names[i]);
    panel.figure.heading.style.borderBottom = `3px solid ${seriesColour(i)}`;
    this.panels.push(panel);
    this.clouds.append(panel.node);
  }

  controls() {
    const select = (key, label, usual, pairs) => {
      const node = element("select", { id: key }, ...pairs.map(([value, name]) => element("option", { value }, name)));
      follow(this.address, node, () => this.address.get(key, usual));
      node.addEventListener("change", () => this.address.set({ [key]: node.value === usual ? null : node.value }));
      return [element("label", { for: key }, label), node];
    };
    const add = element(
      "select",
      { id: "add" },
      element("option", { value: "" }, "add a curve …"),
      ...[...this.quantities.values()].map(({ id, label }) => element("option", { value: id }, label)),
    );
    add.addEventListener("change", () => {
      if (add.value !== "") this.address.set({ curves: [...new Set([...this.chosen(), add.value])] });
      add.value = "";
    });
    return element(
      "div",
      { class: "controls" },
      ...select("as", "Curves", "lines", [
        ["lines", "over each other"],
        ["ribbon", "as ribbons"],
      ]),
      ...select("of", "Tokens", this.group, [
        ["dead", "dead tokens"],
        ["live", "live tokens"],
        ["all", "all tokens"],
      ]),
      element("label", { for: "add" }, "Quantity"),
      add,
    );
  }

  chosen() {
    return this.address.list("curves", USUAL).filter(id => this.quantities.has(id));
  }

  /** The name of a quantity's curve for the group of tokens looked at. */
  curveOf(quantity) {
    const of = this.address.get("of", this.group);
    return (quantity.curves.find(curve => curve.group === of) ?? quantity.curves[0]).name;
  }

  async compare(comparison) {
    const heading = element("h2", { id: "differences" }, "What differs");
    const differing = comparison.settings.filter(
      setting => new Set(setting.values.map(value => JSON.stringify(value))).size > 1,
    );
    const settings =
      differing.length === 0
        ? element("p", { class: "note" }, "All settings are equal.")
        : element(
            "div",
            { class: "scroll", tabindex: "0", role: "region", "aria-label": "Settings that differ" },
            tableOf({
              caption: "Settings that differ.",
              headings: ["setting", ...this.names],
              rows: differing.map(({ key, values }) => [key, ...values.map(told)]),
            }),
          );
    const links = element(
      "p",
      { class: "note" },
      "Runs: ",
      ...this.ids.flatMap((id, i) => [
        element("a", { href: linkTo({ view: "run", run: id }) }, this.names[i]),
        i < this.ids.length - 1 ? ", " : "",
      ]),
    );
    const parts = element("ul", { class: "parting" });
    this.differences.replaceChildren(
      heading,
      links,
      settings,
      element("h3", {}, `First differences from ${this.names[0]}`),
      parts,
    );
    const show = pairs => parts.replaceChildren(...pairs.map(pair => this.parting(pair)));
    show(comparison.pairs);
    if (comparison.pairs.some(pair => pair.waiting)) {
      try {
        show(
          (
            await askUntilReady(
              "compare",
              { runs: this.ids.join(",") },
              {
                waits: answer => this.main.isConnected && answer.pairs.some(pair => pair.waiting),
                wait: answer => show(answer.pairs),
              },
            )
          ).pairs,
        );
      } catch (error) {
        this.say(error.message);
      }
    }
  }

  parting({ run, waiting, missing, first, lastSharedStep, sharedSteps }) {
    const name = element("strong", {}, `${this.names[this.ids.indexOf(run)]}: `);
    if (waiting) return element("li", {}, name, "comparing …");
    if (missing) return element("li", {}, name, missing);
    if (!first)
      return element(
        "li",
        {},
        name,
        `equal bit for bit at ${many(sharedSteps, "shared step")}, up to step ${count(lastSharedStep)}.`,
      );
    const go = element("button", { type: "button", class: "goto" }, `step ${count(first.step)}`);
    go.addEventListener("click", () => this.clock.go(first.step));
    const where =
      first.token === null || first.token === undefined
        ? ""
        : `, token ${new Tokens(this.runs[0].tokens, this.address).name(first.token)}`;
    return element(
      "li",
      {},
      name,
      "first differs at ",
      go,
      `, ${first.observable}${where}, component ${exact(first.component)}: ` +
        `${exact(first.values[0])} and ${exact(first.values[1])}.`,
    );
  }

  arrange() {
    const ribbons = this.address.get("as", "lines") === "ribbon";
    this.figures = new Map(
      this.chosen().map(id => {
        const quantity = this.quantities.get(id);
        const places = new Map(this.names.map((name, i) => [name, i]));
        const figure = ribbons
          ? new RibbonFigure({ quantity, name: id, clock: this.clock, address: this.address })
          : new CurveFigure({
              quantity,
              lines: this.ids.map((key, i) => ({ name: this.names[i], key })),
              clock: this.clock,
              address: this.address,
              name: "runs",
              colourOf: name => seriesColour(places.get(name) ?? 0),
            });
        figure.figure.show({ empty: "Loading …" });
        const remove = element(
          "button",
          { type: "button", class: "out", "aria-label": `Remove ${quantity.label}` },
          "×",
        );
        remove.addEventListener("click", () =>
          this.address.set({ curves: this.chosen().filter(other => other !== id) }),
        );
        figure.figure.heading.after(remove);
        return [id, figure];
      }),
    );
    this.curves.replaceChildren(...[...this.figures.values()].map(figure => figure.figure.node));
    this.request.want();
  }

  async loadCurves() {
    const figures = [...this.figures];
    const names = new Map(figures.map(([id]) => [id, this.curveOf(this.quantities.get(id))]));
    try {
      const [from, to] = rangeIn(this.address, this.clock);
      if (this.address.get("as", "lines") === "ribbon") {
        for (const [id, figure] of figures) {
          const answer = await askUntilReady(
            "ribbon",
            { runs: this.ids.join(","), curve: names.get(id), from, to, points: 600 },
            { waits: ribbon => ribbon.waiting && this.main.isConnected },
          );
          if (this.figures.get(id) === figure) figure.show(answer);
        }
        return;
      }
      const wanted = [...new Set(names.values())].join(",");
      const answers = await Promise.all(
        this.ids.map(id => ask(`runs/${id}/curves`, {
            names: this.known(id, wanted),
            from,
            to,
            points: 800,
            axis: this.address.get("axis", "linear"),
          }),
        ),
      );
      for (const [id, figure] of figures) {
        if (this.figures.get(id) === figure)
          figure.show(Object.fromEntries(this.ids.map((run, i) => [run, answers[i].curves[names.get(id)]])));
      }
      this.tick();
      if (answers.some(({ curves }) => Object.values(curves).some(curve => curve.waiting)))
        pause(ASK_AGAIN_MILLISECONDS).then(() => this.request.want());
    } catch (error) {
      for (const [, figure] of figures) figure.fail(error.message);
    }
  }

  /** Those of some curves that a run has. */
  known(id, names) {
    const has = new Set(this.runs[this.ids.indexOf(id)].curves.map(curve => curve.name));
    return names
      .split(",")
      .filter(name => has.has(name))
      .join(",");
  }

  tick() {
    for (const figure of this.figures.values()) figure.readOut();
    if ([...this.figures.values()].some(figure => figure.unread?.().length > 0)) this.readings.want(this.clock.shown);
  }

  async read(step) {
    const figures = [...this.figures]
      .map(([id, figure]) => [id, figure, figure.missing?.() ?? []])
      .filter(([, , missing]) => missing.length > 0);
    const wanted = figures.map(([id]) => this.curveOf(this.quantities.get(id))).join(",");
    const answers = await Promise.all(
      this.ids.map(id =>
        ask(`runs/${id}/curves`, { names: this.known(id, wanted), from: step, to: step, points: 1 }).catch(() => ({
          curves: {},
        })),
      ),
    );
    for (const [id, figure, missing] of figures) {
      const name = this.curveOf(this.quantities.get(id));
      figure.exact = new Map([
        ["step", step],
        ...missing.map(run => [run, valueAt(answers[this.ids.indexOf(run)].curves[name], step)]),
      ]);
      figure.readOut();
    }
  }

  redraw() {
    for (const figure of this.figures.values()) figure.draw();
    this.panels.forEach(panel => panel.redraw());
    this.scrubber?.drawStrip();
  }

  close() {
    this.clock?.stop();
    this.ends.forEach(end => end());
    this.panels.forEach(panel => panel.close());
  }
}
