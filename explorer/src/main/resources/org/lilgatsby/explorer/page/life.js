// What chosen tokens did: norm, steps, regimes, groups, neighbours, and every component to the bit.
import { element, tableOf } from "/charts/charts.js";
import { askUntilReady, Latest } from "./api.js";
import { rangeIn } from "./clock.js";
import { CurveFigure } from "./curves.js";
import { Canvas, Figure } from "./figure.js";
import { labelColour, seriesColour } from "./palette.js";
import { atStep, count, exact, many, regimeColour, regimes, regimeVariables } from "./words.js";

const MOST = 8;
const LABEL = 84;
const LANE = 20;
const QUANTITIES = [
  { id: "norm", label: "norm", unit: "W", definition: "L2 norm of the row" },
  { id: "step2", label: "step size", unit: "W", definition: "L2 norm of the row's step" },
  { id: "stepInf", label: "largest step of a component", unit: "W", definition: "L-infinity norm of the row's step" },
];

/** The number of a regime in a list that may name it. */
const regimeOf = regime =>
  typeof regime === "number"
    ? regime
    : ["frozen", "single axis hop", "adjacent cell", "local", "multi cell"].indexOf(
        String(regime).replaceAll(/[-_]/g, " "),
      );

/** Strips over the steps: of regimes, or of groups. */
class Strips {
  constructor({ title, read, name, clock, address, colourOf, wordsOf, keys = [] }) {
    Object.assign(this, { clock, address, colourOf, wordsOf, lanes: [] });
    this.figure = new Figure({ title, read, name });
    this.figure.keys.append(
      ...keys.map(([called, colour]) => {
        const sample = element("span", { class: "sample-dot", "aria-hidden": "true" });
        sample.style.setProperty("--key", colour);
        return element("span", { class: "key" }, sample, called);
      }),
    );
    this.canvas = new Canvas(this.figure, { height: 60, label: title, paint: (pen, space) => this.paint(pen, space) });
    this.canvas.node.addEventListener("pointermove", event => clock.hover(this.stepAt(event)));
    this.canvas.node.addEventListener("pointerleave", () => clock.hover(null));
    this.canvas.node.addEventListener("click", event => clock.go(this.stepAt(event)));
  }

  get logSteps() {
    return this.address.get("axis", "linear") === "logarithmic";
  }

  get ends() {
    return rangeIn(this.address, this.clock).map(step => this.place(step));
  }

  place(step) {
    return this.logSteps ? Math.log1p(step) : step;
  }

  stepAt(event) {
    const box = this.canvas.node.getBoundingClientRect();
    const share = (event.clientX - box.left - LABEL) / (box.width - LABEL - 10);
    const [low, high] = this.ends;
    const at = low + share * (high - low);
    return this.clock.nearest(this.logSteps ? Math.expm1(at) : at);
  }

  show(lanes) {
    this.lanes = lanes;
    this.canvas.resize(lanes.length * LANE + 8);
    this.tick();
    this.canvas.update();
  }

  tick() {
    const now = this.lanes.map(({ name, parts }) => {
      const part = parts.find(([from, to]) => from <= this.clock.shown && this.clock.shown <= to);
      return `${name}: ${part ? this.wordsOf(part) : "–"}`;
    });
    this.figure.show({
      label: `${this.figure.title}, ${this.lanes.map(lane => lane.name).join(", ")}`,
      note: now.join(" · "),
      table: () => ({
        caption: this.figure.title,
        headings: ["token", "from", "to", "what"],
        rows: this.lanes.flatMap(({ name, parts }) => parts.map(part => [name, part[0], part[1], this.wordsOf(part)])),
      }),
    });
    this.canvas.update();
  }

  paint(pen, { width, height, colour, font }) {
    if (this.lanes.length === 0) return false;
    const [low, high] = this.ends;
    const inside = step => Math.max(low, Math.min(high, this.place(step)));
    const x = step => LABEL + (inside(step) - low) / (high - low || 1) * (width - LABEL - 10);
    this.lanes.forEach(({ name, parts }, lane) => {
      const y = 4 + lane * LANE;
      pen.text(LABEL - 8, y + LANE / 2 - 1, name, { fill: seriesColour(lane), size: 11, align: "right", font });
      for (const part of parts) {
        if (this.place(part[1]) < low || this.place(part[0]) > high) continue;
        const from = x(this.clock.before(part[0], 1) ?? this.clock.first);
        pen.rect(from, y, Math.max(1, x(part[1]) - from), LANE - 4, { fill: this.colourOf(part, colour) });
      }
    });
    const now = this.place(this.clock.shown);
    if (low <= now && now <= high)
      pen.path([[x(this.clock.shown), 0], [x(this.clock.shown), height]], { stroke: colour.ink, width: 1.5 });
  }
}

export class LifePanel {
  static title = "A token’s life";

  constructor({ path, run, clock, address, tokens }) {
    Object.assign(this, { path, run, clock, address, tokens });
    this.hint = element("p", { class: "note" });
    this.at = element("div", { class: "tokens" });
    this.over = element("div", { class: "figures" });
    this.node = element(
      "section",
      { class: "part", "aria-labelledby": "life-title" },
      element("h2", { id: "life-title" }, "Chosen tokens"),
      this.hint,
      this.over,
      this.at,
    );
    const strips = { clock, address };
    this.regimes = new Strips({
      ...strips,
      title: "Regimes",
      name: `${run.name}-regimes`,
      read: "The regime of each step on the lattice.",
      keys: regimes.map((called, i) => [called, regimeVariables[i]]),
      colourOf: (part, colour) => regimeColour(colour, regimeOf(part[2])) ?? colour.card,
      wordsOf: part => regimes[regimeOf(part[2])] ?? "–",
    });
    this.groups = new Strips({
      ...strips,
      title: "Groups",
      name: `${run.name}-groups`,
      read: "The black hole it was in, named by its lowest token, one colour for each; grey while it was distinct.",
      colourOf: (part, colour) => (part[2] > 1 ? labelColour(part[3]) : colour.grid),
      wordsOf: part =>
        part[2] > 1 ? `black hole of ${count(part[2])}, lowest token ${tokens.name(part[3])}` : "alone",
    });
    this.values = new Latest((step, ids) => this.loadValues(step, ids));
    this.lives = new Latest(ids => this.loadLives(ids));
    this.ends = [
      clock.listen(() => this.tick()), tokens.listen(() => this.choose()),
      address.listen(changed => {
        if (["axis", "from", "to"].some(key => changed.has(key))) this.choose();
        if (changed.has("hidden")) this.figures?.forEach(figure => figure.rehide());
      }),
    ];
    this.choose();
  }

  ids() {
    return [...this.tokens.chosen].slice(0, MOST);
  }

  choose() {
    const ids = this.ids();
    const more = this.tokens.chosen.size - ids.length;
    this.hint.textContent =
      ids.length === 0
        ? "Choose tokens in the cloud, the census or by “Find” to see their lives."
        : more > 0
          ? `The first ${MOST} of ${count(this.tokens.chosen.size)} chosen tokens are shown.`
          : "";
    this.hint.hidden = this.hint.textContent === "";
    this.over.hidden = this.at.hidden = ids.length === 0;
    this.wanted = null;
    if (ids.length === 0) return;
    this.tick();
    if (this.clock.first !== this.clock.last) this.lives.want(ids);
  }

  tick() {
    const ids = this.ids();
    if (ids.length === 0) return;
    this.figures?.forEach(figure => figure.readOut());
    if (this.figures) [this.regimes, this.groups].forEach(strip => strip.tick());
    const wanted = `${this.clock.shown} ${ids}`;
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.values.want(this.clock.shown, ids);
  }

  async loadLives(ids) {
    try {
      const from = this.address.number("from", this.clock.first);
      const to = this.address.number("to", this.clock.last);
      const { tokens } = await askUntilReady(`${this.path}/life`, {
        ids: ids.join(","),
        from,
        to,
        points: 1200,
        axis: this.address.get("axis", "linear"),
      });
      this.figures = QUANTITIES.map(quantity => {
        const lines = tokens.map(token => ({ name: this.tokens.name(token.id), key: String(token.id) }));
        const places = new Map(lines.map((line, i) => [line.name, i]));
        const figure = new CurveFigure({
          quantity,
          lines,
          clock: this.clock,
          address: this.address,
          name: `${this.run.name}-token`,
          colourOf: name => seriesColour(places.get(name) ?? 0),
        });
        figure.answers = Object.fromEntries(tokens.map(token => [String(token.id), token[quantity.id]]));
        return figure;
      });
      this.over.replaceChildren(
        ...this.figures.map(figure => figure.figure.node),
        this.regimes.figure.node,
        this.groups.figure.node,
      );
      this.figures.forEach(figure => figure.draw());
      this.regimes.show(tokens.map(token => ({ name: this.tokens.name(token.id), parts: token.regimes })));
      this.groups.show(tokens.map(token => ({ name: this.tokens.name(token.id), parts: token.groups })));
      this.readFrom(this.last);
    } catch (error) {
      this.hint.hidden = false;
      this.hint.textContent = error.message;
    }
  }

  async loadValues(step, ids) {
    try {
      const answer = await askUntilReady(`${this.path}/token`, { ids: ids.join(","), step });
      this.last = answer;
      this.show(answer);
      this.readFrom(answer);
    } catch (error) {
      this.hint.hidden = false;
      this.hint.textContent = error.message;
    }
  }

  /** The exact figures of a step for lines that came as minima and maxima. */
  readFrom(answer) {
    if (!answer || !this.figures) return;
    QUANTITIES.forEach(({ id }, i) => {
      this.figures[i].exact = new Map([
        ["step", answer.step],
        ...answer.tokens.map(token => [String(token.id), token[id]]),
      ]);
      this.figures[i].readOut();
    });
  }

  show({ step, tokens }) {
    const open = new Set([...this.at.querySelectorAll("details[open]")].map(node => node.dataset.token));
    this.at.replaceChildren(
      ...tokens.map((token, i) =>
        this.card(token, step, i, open.has(String(token.id)) || (!this.at.firstChild && i === 0)),
      ),
    );
  }

  card(token, step, i, open) {
    const figures = [["norm (L2)", token.norm]];
    const ofStep = [
      ["step (L2)", token.step2],
      ["step (L-infinity)", token.stepInf],
      ["cells of the step (L-infinity)", token.cells],
      [
        "regime",
        token.regime === null || token.regime === undefined ? null : (regimes[regimeOf(token.regime)] ?? token.regime),
      ],
    ];
    const heading = element("h3", {}, this.tokens.name(token.id));
    heading.style.borderBottom = `3px solid ${seriesColour(i)}`;
    const optional = ["gradient", "exp_avg", "exp_avg_sq"].filter(name => token[name]);
    const before = token.before;
    const table = tableOf({
      caption:
        `Components${atStep(this.clock, step)}${before ? ` and at step ${count(before.step)}` : ""}, as bfloat16 ` +
        `in hexadecimal and as numbers.${before ? " What changed is marked." : ""}`,
      headings: ["component", "hex", "value", ...(before ? ["hex before", "value before"] : []), ...optional],
      rows: token.values.map((value, at) => [
        at,
        token.hex[at],
        exact(value),
        ...(before ? [before.hex[at], exact(before.values[at])] : []),
        ...optional.map(name => exact(token[name][at])),
      ]),
    });
    if (before)
      [...table.tBodies[0].rows].forEach(
        row => row.cells[1].textContent !== row.cells[3].textContent && row.classList.add("changed"),
      );
    const box = element(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": `Components of ${this.tokens.name(token.id)}` },
      table,
    );
    const fold = element(
      "details",
      { "data-token": String(token.id) },
      element(
        "summary",
        {},
        `${many(token.values.length, "component")}${
          before ? `, ${count(token.hex.filter((hex, at) => hex !== before.hex[at]).length)} changed` : ""
        }`,
      ),
      box,
    );
    fold.open = open;
    const nearest = element("ul", { class: "nearest" }, ...token.nearest.slice(0, 6).map(near => {
      const button = element(
        "button",
        { type: "button", class: "group" },
        `${this.tokens.name(near.id)}${near.size > 1 ? ` ×${near.size}` : ""}: ${many(near.cells, "cell")}, ` +
          `L2 ${exact(near.l2)}`,
      );
      button.addEventListener("click", () => this.tokens.toggle([near.id]));
      return element("li", {}, button);
    }));
    const group =
      token.group.size > 1
        ? `In a black hole of ${count(token.group.size)}: ${this.tokens.names(token.group.tokens, 16)}`
        : "No other row is equal to it.";
    return element(
      "section",
      { class: "figure token" },
      heading,
      element(
        "dl",
        { class: "census", "data-token": String(token.id), "data-step": String(step) },
        ...(this.clock.timeless ? figures : [...figures, ...ofStep]).flatMap(([name, value]) => [
          element("dt", {}, name),
          element("dd", {}, exact(value ?? null)),
        ]),
      ),
      element("p", { class: "note" }, group),
      element("p", { class: "note" }, "Nearest distinct rows:"),
      nearest,
      fold,
    );
  }

  extend() {
    this.choose();
  }

  redraw() {
    this.figures?.forEach(figure => figure.draw());
    [this.regimes, this.groups].forEach(strip => strip.canvas.update());
  }

  close() {
    this.ends.forEach(end => end());
  }
}
