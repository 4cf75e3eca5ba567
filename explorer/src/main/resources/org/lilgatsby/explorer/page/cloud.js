// The rows in a plane, step by step.
import { element } from "/charts/charts.js";
import { niceStep, percent, short } from "/charts/scales.js";
import { follow } from "./address.js";
import { Canvas, Figure } from "./figure.js";
import { boxOf, Frames, inside, marksOf } from "./frames.js";
import { labelColour, ramp } from "./palette.js";
import { atStep, count, many, regimeColour, regimes, regimeVariables } from "./words.js";

const MARGIN = { left: 58, right: 14, top: 20, bottom: 40 };
const MOST_GLYPHS = 700;
const MOST_TRAILS = 300;
const MOST_SAMPLED_ROWS = 20000;
const REACH = 7;
const COLOURS = [
  ["state", "live and dead"],
  ["group", "group"],
  ["norm", "norm"],
  ["step2", "step size"],
  ["regime", "regime"],
];
const OF_STEPS = new Set(["step2", "regime"]);
const PROJECTIONS = [
  ["final", "plane of the last step"],
  ["whole", "plane of the whole run"],
  ["initial", "plane of the first step"],
  ["step", "plane of the current step"],
  ["following", "plane of each step"],
  ["components", "two components"],
];
const ONE_STATE = [
  ["final", "principal components"],
  ["components", "two components"],
];
const KEYS = "Arrows move, plus and minus zoom, f fits all, t lists what is there.";
const TRAILS = [0, 10, 30, 100, 300];

const options = pairs => pairs.map(([value, name]) => element("option", { value: String(value) }, name));

/** How large a mark is drawn, in pixels. */
export const radiusOf = size => (size === 1 ? 3 : Math.min(26, 6 + 2.6 * Math.sqrt(size - 1)));

export class CloudPanel {
  static title = "Cloud";

  constructor({ path, run, clock, address, tokens, height = 460, small = false, usualOf = "all" }) {
    Object.assign(this, { path, run, clock, address, tokens, small, usualOf });
    this.someDead = run.tokens.some(token => token.dead);
    this.figure = new Figure({
      title: small ? run.name : "Cloud",
      name: `${run.name}-cloud`,
      wide: !small && run.steps.first === run.steps.last,
      read: small
        ? ""
        : "Each mark is a row of the embedding matrix; a disc with a number is a black hole of that many tokens. " +
          "Both axes have the same scale.",
    });
    this.node = this.figure.node;
    this.node.classList.add("cloud");
    this.canvas = new Canvas(this.figure, {
      height,
      paint: (pen, space) => this.paint(pen, space),
      label: "Cloud of rows",
      keys: small ? null : KEYS,
    });
    this.tip = element("div", { class: "tip floating", "aria-hidden": "true" });
    this.tip.hidden = true;
    this.picker = element("div", { class: "card picker", role: "group", "aria-label": "What is here" });
    this.picker.hidden = true;
    this.figure.picture.append(this.tip, this.picker);
    this.frame = null;
    this.failure = null;
    // a state that is shown late is not passed over
    if (!small) clock.waits = () => !this.failure && this.figure.node.classList.contains("late");
    if (!small) this.controls();
    this.ends = [
      clock.listen(() => this.tick()),
      tokens.listen(() => this.redraw()),
      address.listen(changed => {
        if (["projection", "of", "colour"].some(key => changed.has(key))) this.restart();
        if (["zoom", "trail", "marks", "axes"].some(key => changed.has(key))) this.tick();
      }),
    ];
    if (!small) this.pointer();
    this.restart();
  }

  get of() {
    return this.address.get("of", this.usualOf);
  }

  get projection() {
    return this.address.get("projection", "final");
  }

  get colouring() {
    return this.address.get("colour", "state");
  }

  controls() {
    const select = (key, label, usual, choices, act) => {
      const node = element("select", { "aria-label": label }, ...options(choices));
      follow(this.address, node, () => this.address.get(key, usual).split(":")[0]);
      node.addEventListener("change", () =>
        act ? act(node.value) : this.address.set({ [key]: node.value === String(usual) ? null : node.value }),
      );
      return node;
    };
    const single = this.clock.first === this.clock.last && this.run.status !== "under way";
    const plane = select(
      "projection",
      "Plane",
      "final",
      single ? ONE_STATE : PROJECTIONS,
      value =>
        this.address.set({
          projection:
            value === "final"
              ? null
              : value === "step"
                ? `step:${this.clock.step}`
                : value === "components"
                  ? "components:0,1"
                  : value,
          zoom: null,
        }),
    );
    const component = at => {
      const node = element("input", {
        type: "text",
        inputmode: "numeric",
        size: "3",
        "aria-label": ["First component", "Second component"][at],
      });
      follow(this.address, node, () => {
        const [kind, chosen] = this.projection.split(":");
        return kind === "components" ? chosen.split(",")[at] : String(at);
      });
      node.addEventListener("change", () => {
        const wanted = components.map(input =>
          Math.max(0, Math.min(this.run.width - 1, Math.round(Number(input.value) || 0))),
        );
        this.address.set({ projection: `components:${wanted.join(",")}`, zoom: null });
      });
      return node;
    };
    const components = [component(0), component(1)];
    const show = () =>
      components.forEach(node => {
        node.hidden = !this.projection.startsWith("components");
      });
    show();
    this.address.listen(changed => {
      if (!changed.has("projection")) return;
      show();
    });
    const button = (text, label, act) => {
      const node = element("button", { type: "button", "aria-label": label, title: label }, text);
      node.addEventListener("click", act);
      return node;
    };
    this.lasso = button("Lasso", "Lasso: choose tokens by drawing a line around them", () => {
      this.lasso.setAttribute("aria-pressed", String(this.lasso.getAttribute("aria-pressed") !== "true"));
      this.canvas.node.classList.toggle("lasso", this.lasso.getAttribute("aria-pressed") === "true");
    });
    this.lasso.setAttribute("aria-pressed", "false");
    this.figure.tools.append(
      plane,
      ...components,
      select(
        "colour",
        "Colour by",
        "state",
        COLOURS.filter(([kind]) => !single || !OF_STEPS.has(kind)).map(([kind, name]) => [
          kind,
          kind === "state" && !this.someDead ? "one colour" : name,
        ]),
      ),
      select("marks", "Marks", "glyphs", [
        ["glyphs", "glyphs"],
        ["names", "ids and names"],
        ["dots", "dots"],
      ]),
      ...(single
        ? []
        : [
            select(
              "trail",
              "Trails",
              "0",
              TRAILS.map(length => [length, length === 0 ? "no trails" : `trails of ${length} states`]),
            ),
            select("axes", "Axes", "fixed", [
              ["fixed", "axes stay fixed"],
              ["follow", "axes follow"],
            ]),
          ]),
      button("+", "Zoom in", () => this.zoomBy(0.6)),
      button("−", "Zoom out", () => this.zoomBy(1 / 0.6)),
      button("Fit", "Fit: show all marks", () => this.address.set({ zoom: null })),
      this.lasso,
    );
  }

  restart() {
    this.frames?.close();
    this.box = null;
    this.failure = null;
    this.frames = new Frames({
      path: this.path,
      clock: this.clock,
      rows: this.run.tokens.length,
      projection: this.projection,
      of: this.of,
      figure: ["norm", "step2", "regime"].includes(this.colouring) ? this.colouring : null,
      loaded: () => this.tick(),
      failed: error => {
        this.failure = error.message;
        this.figure.show({ empty: error.message });
      },
    });
    const { first, last } = this.clock;
    const sampled =
      this.small || this.run.tokens.length > MOST_SAMPLED_ROWS
        ? [last]
        : [0, 0.1, 0.5, 1].map(share => this.clock.nearest(first + share * (last - first)));
    this.samples = [...new Set(sampled)];
    this.boxed = last;
    this.tick();
  }

  tick() {
    if (this.failure) return;
    const frame = this.frames.at(this.clock.shown);
    if (!this.box) {
      const frames = this.samples.map(step => this.frames.at(step));
      if (frames.every(Boolean)) {
        this.box = boxOf(frames);
        this.range = this.rangeOf(frames);
      }
    }
    if (frame) this.frames.prefetch(this.clock.shown, this.clock.playing ? 3 : 1);
    // the newest state of a run comes by itself: nobody waits for it
    if (!frame || !this.samples) {
      if (!this.frame || !this.clock.growing) this.figure.node.classList.add("late");
      return;
    }
    this.figure.node.classList.remove("late");
    this.frame = frame;
    this.marks = marksOf(frame, id => this.tokens.isDead(id));
    if (this.address.get("axes") === "follow") this.box = boxOf([frame]);
    else if (frame.step > this.boxed) this.widen(frame);
    this.describe();
    this.canvas.update();
  }

  /** Fetches a state of a run under way before the clock shows it, so that both change in one frame. */
  async expect(step) {
    if (!this.failure) await this.frames.expect(step);
  }

  /** A state that was recorded since the axes were chosen is in view too. */
  widen(frame) {
    const [old, now] = [this.box, boxOf([frame])];
    if (!old || !now) return;
    this.box = old.map((edge, i) => (i % 2 === 0 ? Math.min(edge, now[i]) : Math.max(edge, now[i])));
    this.boxed = frame.step;
  }

  /** Least and greatest figure, by which rows are coloured. */
  rangeOf(frames) {
    const values = frames.flatMap(frame =>
      frame.values ? [...frame.values].filter(value => Number.isFinite(value) && value > 0) : [],
    );
    return values.length === 0
      ? [0, 1]
      : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  }

  describe() {
    const { frame, marks } = this;
    const holes = marks.filter(mark => mark.rows.length > 1).length;
    const lost = frame.rows.length - marks.reduce((sum, mark) => sum + mark.rows.length, 0);
    const own = frame.cloud.shares?.[frame.state];
    const shares = own ?? frame.cloud.axes.map(axis => axis.share);
    const held =
      shares[0] === null
        ? ""
        : own
          ? ` The plane holds ${percent(shares[0])} and ${percent(shares[1])} of the variance at this step.`
          : ` The plane holds ${percent(shares[0])} and ${percent(shares[1])} ` +
            "of the variance of the rows that define it.";
    this.figure.show({
      label:
        `Cloud of ${count(frame.rows.length)} rows${atStep(this.clock, frame.step)}: ` +
        `${many(marks.length, "distinct place")}, ${many(holes, "black hole")}.`,
      note: this.small
        ? `step ${count(frame.step)}: ${count(marks.length)} distinct`
        : `${this.clock.timeless ? "" : `Step ${count(frame.step)}: `}${many(marks.length, "distinct row")}, ` +
          `${many(holes, "black hole")}.${this.withoutTrails()}` +
          `${lost > 0 ? ` ${many(lost, "row")} not drawn: not finite.` : ""}${held}`,
      table: () => ({
        caption: `Groups of equal rows${atStep(this.clock, frame.step)}, with their places in the plane.`,
        headings: ["tokens", frame.cloud.axes[0].name, frame.cloud.axes[1].name, "names"],
        rows: [...marks]
          .sort((a, b) => b.rows.length - a.rows.length)
          .map(mark => [
            mark.rows.length,
            mark.x,
            mark.y,
            mark.rows.map(row => this.tokens.name(frame.rows[row])).join(", "),
          ]),
      }),
    });
    const legend = this.legend();
    if (String(legend) === this.said) return;
    this.said = String(legend);
    this.figure.keys.replaceChildren(
      ...legend.map(([name, colour]) => {
        const sample = element("span", { class: "sample-dot", "aria-hidden": "true" });
        sample.style.setProperty("--key", colour);
        return element("span", { class: "key" }, sample, name);
      }),
    );
  }

  /** Why no trail is drawn although trails are wanted; nothing otherwise. */
  withoutTrails() {
    return this.address.number("trail", 0) > 0 && this.tokens.chosen.size === 0 && this.frame.rows.length > MOST_TRAILS
      ? " Trails are drawn for chosen tokens only; choose some."
      : "";
  }

  legend() {
    const variable = name => `var(--${name})`;
    if (this.small) return [];
    if (this.colouring === "state" && !this.someDead) return [["token", variable("live")]];
    if (this.colouring === "state")
      return [
        ["live", variable("live")],
        ["dead", variable("dead")],
        ["live and dead together", variable("mixed")],
      ];
    if (this.colouring === "regime")
      return regimes.map((name, i) => [name, regimeVariables[i]]);
    if (this.colouring === "group") return [["one colour per group", variable("all")]];
    const [low, high] = this.range ?? [0, 1];
    return [
      [short(low), ramp(0)],
      [`${short(high)} (${this.colouring === "norm" ? "L2 norm" : "L2 norm of the step, logarithmic"})`, ramp(1)],
    ];
  }

  colourOf(mark, colour) {
    if (this.colouring === "group") return mark.rows.length === 1 ? colour.quiet : labelColour(mark.label);
    const values = this.frame.values;
    if (!values || this.colouring === "state")
      return mark.dead === 0 ? colour.live : mark.dead === mark.rows.length ? colour.dead : colour.mixed;
    const value = values[mark.rows[0]];
    if (!Number.isFinite(value)) return colour.quiet;
    if (this.colouring === "regime") return regimeColour(colour, value) ?? colour.quiet;
    const [low, high] = this.range;
    if (this.colouring === "norm") return ramp((value - low) / (high - low || 1));
    return value <= 0 ? colour.frozen : ramp(Math.log(value / low) / (Math.log(high / low) || 1));
  }

  /** From the plane to pixels and back. */
  projectionTo({ width, height }) {
    const [left, right, top, bottom] = this.small
      ? [6, 6, 6, 6]
      : [MARGIN.left, MARGIN.right, MARGIN.top, MARGIN.bottom];
    const inner = [width - left - right, height - top - bottom];
    const box = this.box ?? boxOf([this.frame]) ?? [-1, 1, -1, 1];
    const zoom = this.small ? [] : this.address.list("zoom").map(Number);
    const spans = [box[1] - box[0], box[3] - box[2]];
    const unit =
      zoom[2] > 0
        ? zoom[2] / inner[0]
        : Math.max(spans[0] / Math.max(20, inner[0] - 44), spans[1] / Math.max(20, inner[1] - 44)) ||
          Math.abs(box[0] || 1) / 100;
    const centre = zoom[2] > 0 ? zoom.slice(0, 2) : [(box[0] + box[1]) / 2, (box[2] + box[3]) / 2];
    const middle = [left + inner[0] / 2, top + inner[1] / 2];
    return {
      unit,
      centre,
      inner,
      left,
      top,
      x: value => middle[0] + (value - centre[0]) / unit,
      y: value => middle[1] - (value - centre[1]) / unit,
      back: ([x, y]) => [centre[0] + (x - middle[0]) * unit, centre[1] - (y - middle[1]) * unit],
    };
  }

  paint(pen, space) {
    if (!this.frame) return false;
    const { colour, font } = space;
    const to = this.projectionTo(space);
    this.to = to;
    const [right, bottom] = [to.left + to.inner[0], to.top + to.inner[1]];
    if (!this.small) this.paintAxes(pen, space, to, right, bottom);
    const shown = this.marks
      .map(mark => ({ mark, x: to.x(mark.x), y: to.y(mark.y), radius: radiusOf(mark.rows.length) }))
      .filter(({ x, y }) => x > to.left - 20 && x < right + 20 && y > to.top - 20 && y < bottom + 20);
    this.placed = shown;
    this.paintTrails(pen, to);
    const style = this.small ? "dots" : this.address.get("marks", "glyphs");
    const written = style !== "dots" && shown.length <= MOST_GLYPHS;
    const chosen = this.tokens.chosen;
    const dot = shown.length > 20000 ? 1 : shown.length > 3000 ? 1.6 : 3;
    const isChosen = mark => chosen.size > 0 && mark.rows.some(row => chosen.has(this.frame.rows[row]));
    const ringed = chosen.size <= MOST_GLYPHS; // so many rings would hide the cloud
    const singles = shown.filter(({ mark }) => mark.rows.length === 1);
    const holes = shown
      .filter(({ mark }) => mark.rows.length > 1)
      .sort((a, b) => b.mark.rows.length - a.mark.rows.length);
    for (const { mark, x, y } of singles) {
      let fill = this.colourOf(mark, colour);
      if (isChosen(mark)) {
        if (ringed) pen.circle(x, y, 9, { fill: colour.card, stroke: colour.ink, width: 2 });
        else fill = colour.ink;
      }
      if (!written) pen.rect(x - dot / 2, y - dot / 2, dot, dot, { fill });
      else
        pen.text(
          x,
          y,
          style === "names"
            ? this.tokens.name(this.frame.rows[mark.rows[0]])
            : this.tokens.glyph(this.frame.rows[mark.rows[0]]),
          { fill, size: 12, align: "center", weight: 600, font },
        );
    }
    for (const { mark, x, y, radius } of holes) {
      pen.circle(x, y, radius, {
        fill: this.colourOf(mark, colour),
        stroke: isChosen(mark) ? colour.ink : colour.card,
        width: isChosen(mark) ? 3 : 1,
        opacity: 0.9,
      });
      if (holes.length <= MOST_GLYPHS)
        pen.text(x, y, String(mark.rows.length), {
          fill: colour.card,
          size: radius > 10 ? 12 : 10,
          align: "center",
          weight: 700,
          font,
        });
    }
    if (this.line?.length > 1) pen.path([...this.line, this.line[0]], { stroke: colour.ink, width: 1.5, dash: [4, 3] });
  }

  paintAxes(pen, { colour, font, height }, to, right, bottom) {
    const axis = (vertical, length) => {
      const [low, high] = vertical
        ? [to.back([0, bottom])[1], to.back([0, to.top])[1]]
        : [to.back([to.left, 0])[0], to.back([right, 0])[0]];
      const size = niceStep((high - low) / Math.max(2, length / 110));
      for (let at = Math.ceil(low / size); at * size <= high; at++) {
        const value = at * size;
        if (vertical) {
          pen.path(
            [
              [to.left, to.y(value)],
              [right, to.y(value)],
            ],
            { stroke: colour.grid },
          );
          pen.text(to.left - 6, to.y(value), short(value), { fill: colour.quiet, size: 11, align: "right", font });
        } else {
          pen.path(
            [
              [to.x(value), to.top],
              [to.x(value), bottom],
            ],
            { stroke: colour.grid },
          );
          pen.text(to.x(value), bottom + 11, short(value), { fill: colour.quiet, size: 11, align: "center", font });
        }
      }
    };
    axis(false, to.inner[0]);
    axis(true, to.inner[1]);
    pen.path(
      [
        [to.left, to.top],
        [to.left, bottom],
        [right, bottom],
      ],
      { stroke: colour.line },
    );
    const [first, second] = this.frame.cloud.axes;
    const title = { fill: colour.quiet, size: 11, font };
    pen.text(to.left, height - 8, `→ ${first.name} (${first.unit})`, title);
    pen.text(to.left, to.top - 8, `↑ ${second.name} (${second.unit})`, title);
  }

  paintTrails(pen, to) {
    const length = this.address.number("trail", 0);
    if (length === 0) return;
    const chosen = this.frame.rows.map((id, i) => [id, i]).filter(([id]) => this.tokens.chosen.has(id));
    const rows =
      chosen.length > 0 ? chosen : this.frame.rows.length <= MOST_TRAILS ? this.frame.rows.map((id, i) => [id, i]) : [];
    const frames = [];
    for (let back = length; back >= 0; back--) {
      const step = this.clock.before(this.frame.step, back);
      const frame = step === null ? undefined : this.frames.at(step);
      if (frame) frames.push(frame);
    }
    for (const [id, row] of rows) {
      const stroke = labelColour(id);
      pen.path(
        frames
          .map(frame => [to.x(frame.places[2 * row]), to.y(frame.places[2 * row + 1])])
          .filter(([x]) => Number.isFinite(x)),
        { stroke, width: chosen.length > 0 ? 1.6 : 0.8, opacity: 0.7 },
      );
    }
  }

  zoomBy(factor, at = null) {
    if (!this.to) return;
    const { centre, unit, inner } = this.to;
    const kept = at ? this.to.back(at) : centre;
    this.zoomTo(
      [0, 1].map(axis => kept[axis] + (centre[axis] - kept[axis]) * factor),
      unit * factor * inner[0],
    );
  }

  zoomTo(centre, span) {
    this.address.set({ zoom: [...centre, span].map(value => Number(value.toPrecision(7))) });
  }

  near([x, y]) {
    return (this.placed ?? [])
      .map(shown => ({ ...shown, distance: Math.hypot(shown.x - x, shown.y - y) }))
      .filter(shown => shown.distance <= Math.max(REACH, shown.radius))
      .sort((a, b) => a.distance - b.distance);
  }

  nameOf(mark) {
    const ids = mark.rows.map(row => this.frame.rows[row]);
    return ids.length === 1
      ? this.tokens.name(ids[0])
      : `black hole of ${count(ids.length)}: ${this.tokens.names(ids, 12)}`;
  }

  pointer() {
    const node = this.canvas.node;
    const placeOf = event => {
      const box = node.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let drag = null;
    node.addEventListener("pointerdown", event => {
      if (event.button !== 0 || !this.to) return;
      node.focus({ preventScroll: true });
      if (event.isTrusted) node.setPointerCapture(event.pointerId);
      const lasso = event.shiftKey || this.lasso.getAttribute("aria-pressed") === "true";
      drag = { from: placeOf(event), to: this.to, lasso, moved: false };
      if (lasso) this.line = [drag.from];
    });
    node.addEventListener("pointermove", event => {
      const place = placeOf(event);
      if (!drag) return this.showTip(place);
      if (Math.hypot(place[0] - drag.from[0], place[1] - drag.from[1]) > 4) drag.moved = true;
      if (!drag.moved) return;
      this.tip.hidden = true;
      if (drag.lasso) {
        this.line.push(place);
        this.canvas.update();
      } else {
        const { centre, unit, inner } = drag.to;
        this.zoomTo(
          [centre[0] - (place[0] - drag.from[0]) * unit, centre[1] + (place[1] - drag.from[1]) * unit],
          unit * inner[0],
        );
      }
    });
    const end = event => {
      if (!drag) return;
      const { moved, lasso } = drag;
      drag = null;
      if (moved && lasso) {
        const line = this.line;
        this.tokens.choose(
          this.placed
            .filter(({ x, y }) => inside([x, y], line))
            .flatMap(({ mark }) => mark.rows.map(row => this.frame.rows[row]))
            .sort((a, b) => a - b),
        );
      }
      this.line = null;
      this.canvas.update();
      if (!moved && event.type === "pointerup") this.pick(placeOf(event), event.shiftKey);
    };
    node.addEventListener("pointerup", end);
    node.addEventListener("pointercancel", end);
    node.addEventListener("pointerleave", () => {
      this.tip.hidden = true;
    });
    node.addEventListener(
      "wheel",
      event => {
        if (!event.ctrlKey && document.activeElement !== node) return;
        event.preventDefault();
        this.zoomBy(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 200), placeOf(event));
      },
      { passive: false },
    );
    node.addEventListener("keydown", event => this.key(event));
    this.picker.addEventListener("keydown", event => {
      if (event.key !== "Escape") return;
      this.picker.hidden = true;
      node.focus();
    });
  }

  key(event) {
    if (!this.to || event.ctrlKey || event.metaKey || event.altKey) return;
    const { centre, unit, inner } = this.to;
    const pan = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (pan)
      this.zoomTo(
        [0, 1].map(axis => centre[axis] + pan[axis] * 60 * unit),
        unit * inner[0],
      );
    else if (event.key === "+" || event.key === "=") this.zoomBy(0.6);
    else if (event.key === "-") this.zoomBy(1 / 0.6);
    else if (event.key === "f") this.address.set({ zoom: null });
    else if (event.key === "t") this.list(this.placed ?? [], [20, 20]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  showTip(place) {
    const hits = this.near(place);
    this.canvas.node.classList.toggle("hit", hits.length > 0);
    this.tip.hidden = hits.length === 0;
    if (hits.length === 0) return;
    this.tip.replaceChildren(
      ...hits.slice(0, 8).map(({ mark }) => element("div", {}, this.nameOf(mark))),
      ...(hits.length > 8 ? [element("div", {}, `and ${count(hits.length - 8)} more here`)] : []),
    );
    this.tip.style.left = `${Math.min(place[0] + 14, this.canvas.width - 190)}px`;
    this.tip.style.top = `${place[1] + 14}px`;
  }

  pick(place, more) {
    const hits = this.near(place);
    this.picker.hidden = true;
    if (hits.length === 0) return;
    if (hits.length > 1) return this.list(hits, place);
    const ids = hits[0].mark.rows.map(row => this.frame.rows[row]);
    more ? this.tokens.toggle(ids) : this.tokens.choose(ids);
  }

  /** Lists marks for picking: those that coincide, or all that are in view. */
  list(hits, place) {
    const most = 200;
    this.tip.hidden = true;
    this.picker.hidden = false;
    this.picker.style.left = `${Math.max(0, Math.min(place[0], this.canvas.width - 260))}px`;
    this.picker.style.top = `${Math.max(0, Math.min(place[1], this.canvas.height - 120))}px`;
    const close = element("button", { type: "button" }, "Close");
    close.addEventListener("click", () => {
      this.picker.hidden = true;
      this.canvas.node.focus();
    });
    this.picker.replaceChildren(
      element(
        "p",
        { class: "note" },
        `${many(hits.length, "mark")} here${hits.length > most ? `; the first ${most} are listed` : ""}. ` +
          "Click to choose.",
      ),
      ...hits.slice(0, most).map(({ mark }) => {
        const ids = mark.rows.map(row => this.frame.rows[row]);
        const button = element("button", { type: "button", class: "group" }, this.nameOf(mark));
        button.addEventListener("click", () => this.tokens.toggle(ids));
        return button;
      }),
      close,
    );
    this.picker.querySelector("button").focus({ preventScroll: true });
  }

  redraw() {
    if (this.frame) this.describe();
    this.canvas.update();
  }

  close() {
    this.frames.close();
    this.ends.forEach(end => end());
  }
}
