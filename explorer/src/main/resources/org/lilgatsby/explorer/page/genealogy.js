// Black holes as bands over the steps, which split and join.
import { element } from "/charts/charts.js";
import { stepScale } from "/charts/scales.js";
import { askUntilReady, Latest } from "./api.js";
import { rangeIn } from "./clock.js";
import { Canvas, Figure, write } from "./figure.js";
import { labelColour } from "./palette.js";
import { count, many } from "./words.js";

const LEFT = 14;
const RIGHT = 16;
const TOP = 8;
const BOTTOM = 34;
const GAP = 3;
const LEAST = 2.5;
const MANY_LANES = 60;
const TURN = 16;
const KEYS =
  "Up and down go from one black hole to the next, left and right to where its population changes; Enter chooses " +
  "its tokens.";

/** A line from one band to another, level at both ends. */
function turn([x1, y1], [x2, y2]) {
  return Array.from({ length: 13 }, (_, i) => {
    const at = i / 12;
    return [x1 + at * (x2 - x1), y1 + at * at * (3 - 2 * at) * (y2 - y1)];
  });
}

/** Population of a band at a step: the last one said. */
export function populationAt(band, step) {
  return band.populations.findLast(([at]) => at <= step)?.[1] ?? 0;
}

/** The step at which a band's population changes next, or did last; its end or start if there is none. */
export function changeOf({ from, to, populations }, step, later) {
  const steps = [from, ...populations.map(([at]) => at), to];
  return later ? (steps.find(at => at > step) ?? to) : (steps.findLast(at => at < step) ?? from);
}

/**
 * Lanes for bands, so that none lies over another in time: largest first, each in the first lane free from its start to
 * its end.
 */
export function lanesOf(bands) {
  const lanes = [];
  const most = band => band.populations.reduce((size, [, at]) => Math.max(size, at), 0);
  for (const band of [...bands].sort((a, b) => b.to - b.from - (a.to - a.from) || most(b) - most(a))) {
    const free = lanes.find(lane => lane.bands.every(other => other.to < band.from || band.to < other.from));
    if (free) {
      free.bands.push(band);
      free.size = Math.max(free.size, most(band));
    } else lanes.push({ bands: [band], size: most(band) });
  }
  return lanes;
}

export class GenealogyPanel {
  static title = "Genealogy";

  constructor({ path, run, clock, address, tokens }) {
    Object.assign(this, { path, run, clock, address, tokens });
    this.figure = new Figure({
      title: "Genealogy of black holes",
      name: `${run.name}-genealogy`,
      wide: true,
      read:
        "A band is a black hole from its first step to its last, as thick as its population; lines lead to what it " +
        "merged into or split into. Colours are those of groups in the cloud. Click one to choose its tokens and go " +
        "to that step.",
    });
    this.node = this.figure.node;
    this.canvas = new Canvas(this.figure, {
      height: 260,
      label: "Genealogy",
      paint: (pen, space) => this.paint(pen, space),
      keys: KEYS,
    });
    this.at = null;
    this.said = element("p", { class: "note", "aria-hidden": "true" });
    this.figure.picture.append(this.said);
    this.request = new Latest(() => this.load());
    const node = this.canvas.node;
    const at = event => {
      const box = node.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    node.addEventListener("pointermove", event => {
      if (!this.scale) return;
      const [x, y] = at(event);
      clock.hover(this.stepAt(x));
      const band = this.bandAt(x, y);
      node.classList.toggle("hit", !!band);
      this.said.textContent = band ? this.describe(band, this.stepAt(x)) : "";
    });
    node.addEventListener("pointerleave", () => {
      clock.hover(null);
      this.said.textContent = "";
    });
    node.addEventListener("click", event => {
      const [x, y] = at(event);
      const band = this.bandAt(x, y);
      clock.go(this.stepAt(x));
      if (!band) return;
      this.at = band;
      tokens.choose(band.tokens);
    });
    node.addEventListener("focus", () => this.bands?.length > 0 && this.come());
    node.addEventListener("keydown", event => this.key(event));
    this.ends = [
      clock.listen(() => clock.growing || this.canvas.update()), tokens.listen(() => this.canvas.update()),
      address.listen(changed => {
        if (changed.has("of")) this.request.want();
        if (["axis", "from", "to"].some(key => changed.has(key))) this.canvas.update();
      }),
    ];
    this.request.want();
  }

  get of() {
    return this.address.get("of", this.run.tokens.some(token => token.dead) ? "dead" : "all");
  }

  async load() {
    const of = this.of;
    try {
      const answer = await askUntilReady(
        `${this.path}/genealogy`,
        { of, most: 200 },
        { wait: () => this.figure.show({ empty: "Analysing …" }) },
      );
      this.show(answer, of);
    } catch (error) {
      this.figure.show({ empty: error.message });
    }
  }

  show({ bands, links, left }, of) {
    Object.assign(this, { bands, links, byId: new Map(bands.map(band => [band.id, band])) });
    this.at = this.byId.get(this.at?.id) ?? null;
    if (bands.length === 0) {
      this.figure.show({ empty: `No two rows of the ${of === "all" ? "" : of + " "}tokens are ever equal.` });
      return;
    }
    this.lanes = lanesOf(bands);
    const total = this.lanes.reduce((sum, lane) => sum + lane.size, 0);
    this.thick = Math.min(7, 380 / total);
    const gap = this.lanes.length > MANY_LANES ? 1 : GAP;
    let y = TOP;
    this.place = new Map();
    for (const lane of this.lanes) {
      const height = Math.max(LEAST, lane.size * this.thick);
      for (const band of lane.bands) this.place.set(band.id, y + height / 2);
      y += height + gap;
    }
    this.canvas.resize(Math.ceil(y + BOTTOM));
    const note =
      `${many(bands.length, "black hole")} of ${of === "all" ? "all" : of} tokens, ` +
      `${many(links.length, "link")}.${left > 0 ? ` ${many(left, "small or short-lived black hole")} left out.` : ""}`;
    this.figure.show({
      note,
      label: note,
      table: () => ({
        caption: "Black holes over time.",
        headings: ["black hole", "from", "to", "largest", "came from", "went to", "tokens"],
        rows: bands.map(band => [
          band.id,
          band.from,
          band.to,
          band.populations.reduce((most, [, size]) => Math.max(most, size), 0),
          links
            .filter(link => link.to === band.id)
            .map(link => link.from)
            .join(", "),
          links
            .filter(link => link.from === band.id)
            .map(link => link.to)
            .join(", "),
          band.tokens.map(id => this.tokens.name(id)).join(", "),
        ]),
      }),
    });
    this.canvas.update();
  }

  stepAt(x) {
    const { axis } = this.scale;
    const at = axis.min + (x - LEFT) / (this.canvas.width - LEFT - RIGHT) * (axis.max - axis.min);
    return this.clock.nearest(this.logSteps ? 10 ** at - 1 : at);
  }

  get logSteps() {
    return this.address.get("axis", "linear") === "logarithmic";
  }

  bandAt(x, y) {
    if (!this.bands) return undefined;
    const step = this.stepAt(x);
    return this.bands.find(
      band =>
        band.from <= step &&
        step <= band.to &&
        Math.abs(this.place.get(band.id) - y) <= Math.max(4, (populationAt(band, step) * this.thick) / 2 + 1),
    );
  }

  /** Bands from the top to the bottom, and in time. */
  inOrder() {
    return [...this.bands].sort((a, b) => this.place.get(a.id) - this.place.get(b.id) || a.from - b.from);
  }

  key(event) {
    if (!this.at || event.ctrlKey || event.metaKey || event.altKey) return;
    const bands = this.inOrder();
    const next = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const later = { ArrowLeft: false, ArrowRight: true }[event.key];
    if (next) this.go(bands[bands.indexOf(this.at) + next] ?? this.at, this.clock.step);
    else if (later !== undefined) this.go(this.at, changeOf(this.at, this.clock.step, later));
    else if (event.key === "Enter") this.tokens.choose(this.at.tokens);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The keyboard came: to the band where it was, else to the first of this step. */
  come() {
    const { step } = this.clock;
    this.at ??= this.inOrder().find(band => band.from <= step && step <= band.to) ?? this.inOrder()[0];
    this.tell(step);
  }

  /** Goes to a band, and to a step that it has. */
  go(band, step) {
    this.at = band;
    const at = Math.max(band.from, Math.min(band.to, step));
    if (at !== this.clock.step) this.clock.go(at);
    this.tell(at);
  }

  tell(step) {
    write(this.said, this.describe(this.at, step));
    this.canvas.say(this.said.textContent);
    this.canvas.update();
  }

  describe(band, step) {
    return (
      `Step ${count(step)}: ${many(populationAt(band, step), "token")}; this black hole lasts from ` +
      `${count(band.from)} to ${count(band.to)} and has at most ${count(band.tokens.length)}: ` +
      this.tokens.names(band.tokens, 20)
    );
  }

  paint(pen, { width, height, colour, font }) {
    if (!this.bands || this.bands.length === 0) return false;
    const [first, last] = rangeIn(this.address, this.clock);
    this.scale = stepScale(last, this.logSteps, first);
    const { axis, place } = this.scale;
    const inside = step => Math.max(first, Math.min(last, step));
    const isShown = (from, to) => from <= last && to >= first;
    const x = step => LEFT + (place(inside(step)) - axis.min) / (axis.max - axis.min || 1) * (width - LEFT - RIGHT);
    let labelled = -Infinity;
    for (const tick of axis.ticks) {
      const at = LEFT + (tick - axis.min) / (axis.max - axis.min || 1) * (width - LEFT - RIGHT);
      pen.path([[at, TOP], [at, height - BOTTOM + 4]], { stroke: colour.grid });
      const text = axis.label(tick);
      if (at - labelled < 9 * text.length) continue;
      labelled = at;
      pen.text(Math.min(at, width - RIGHT), height - BOTTOM + 14, text, {
        fill: colour.quiet,
        size: 11,
        align: at > width - 40 ? "right" : "center",
        font,
      });
    }
    for (const link of this.links) {
      const [from, to] = [this.byId.get(link.from), this.byId.get(link.to)];
      if (!from || !to || !isShown(link.step, link.step)) continue;
      pen.path(
        turn([Math.max(LEFT, x(link.step) - TURN), this.place.get(from.id)], [x(link.step), this.place.get(to.id)]),
        {
          stroke: labelColour(from.tokens[0]),
          width: Math.max(1, Math.min(12, (link.tokens?.length ?? link.tokens ?? 1) * this.thick)),
          opacity: 0.45,
        },
      );
    }
    for (const band of this.bands) {
      const y = this.place.get(band.id);
      const chosen = band.tokens.some(id => this.tokens.chosen.has(id));
      band.populations.forEach(([step, size], i) => {
        const until = band.populations[i + 1]?.[0] ?? band.to;
        if (!isShown(step, until)) return;
        const thick = Math.max(LEAST, size * this.thick);
        pen.rect(x(step), y - thick / 2, Math.max(1.5, x(until) - x(step)), thick, {
          fill: labelColour(band.tokens[0]),
          opacity: this.tokens.chosen.size > 0 && !chosen ? 0.35 : 0.9,
        });
      });
    }
    if (this.at && this.canvas.focused && isShown(this.at.from, this.at.to)) {
      const [from, to] = [x(this.at.from) - 3, x(this.at.to) + 3];
      const most = this.at.populations.reduce((size, [, at]) => Math.max(size, at), 0);
      const [y, half] = [this.place.get(this.at.id), Math.max(LEAST, most * this.thick) / 2 + 2];
      const frame = [[from, y - half], [to, y - half], [to, y + half], [from, y + half], [from, y - half]];
      pen.path(frame, { stroke: colour.ink, width: 2 });
    }
    if (!isShown(this.clock.shown, this.clock.shown)) return;
    const now = x(this.clock.shown);
    pen.path([[now, TOP], [now, height - BOTTOM + 4]], { stroke: colour.ink, width: 1.5 });
  }

  extend() {
    this.request.want();
  }

  redraw() {
    this.canvas.update();
  }

  close() {
    this.ends.forEach(end => end());
  }
}
