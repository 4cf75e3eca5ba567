// The clock on screen: scrubber, step, play, speeds, events, and the range of steps that curves show.
import { element } from "/charts/charts.js";
import { appearance, write } from "./figure.js";
import { count } from "./words.js";

const SPEEDS = [1, 3, 10, 30, 100, 300, 1000, 3000];
const USUAL_SPEED = 30;
const RESOLUTION = 2000;

export class Scrubber {
  constructor(clock, address, marks = []) {
    Object.assign(this, { clock, address, marks });
    const button = (text, label, act) => {
      const node = element("button", { type: "button", "aria-label": label, title: label }, text);
      node.addEventListener("click", act);
      return node;
    };
    this.range = element("input", {
      type: "range",
      min: "0",
      max: String(RESOLUTION),
      step: "1",
      id: "scrubber",
      "aria-label": "Step",
    });
    this.range.addEventListener("input", () => clock.go(this.stepAt(Number(this.range.value) / RESOLUTION)));
    this.range.addEventListener("keydown", event => this.key(event));
    this.input = element("input", {
      type: "text",
      inputmode: "numeric",
      id: "step",
      size: "8",
      autocomplete: "off",
      "aria-label": "Step, typed",
    });
    this.input.addEventListener("input", () => (this.typing = true));
    this.input.addEventListener("blur", () => (this.typing = false));
    this.input.addEventListener("change", () => {
      this.typing = false;
      const step = Number(this.input.value.replaceAll(/[,\s]/g, ""));
      if (Number.isFinite(step)) clock.go(step);
      this.draw();
    });
    this.play = button("Play", "Play or pause", () => (clock.playing ? clock.stop() : clock.play()));
    this.speed = element(
      "select",
      { "aria-label": "Playback speed" },
      ...SPEEDS.map(speed => element("option", { value: String(speed) }, `${count(speed)} states/s`)),
    );
    this.showSpeed();
    this.speed.addEventListener("change", () =>
      address.set({ speed: this.speed.value === String(USUAL_SPEED) ? null : this.speed.value }),
    );
    this.axis = element(
      "select",
      { "aria-label": "Steps, linear or logarithmic" },
      element("option", { value: "linear" }, "linear"),
      element("option", { value: "logarithmic" }, "logarithmic"),
    );
    this.axis.value = address.get("axis", "linear");
    this.axis.addEventListener("change", () =>
      address.set({ axis: this.axis.value === "linear" ? null : this.axis.value }),
    );
    this.of = element("span", { class: "of" });
    this.whole = button("Whole run", "Whole run: curves show all steps", () => address.set({ from: null, to: null }));
    this.closer = button("Zoom in", "Zoom in: curves show fewer steps around this one", () => this.zoom(0.5));
    this.strip = element("canvas", { class: "events", "aria-hidden": "true" });
    this.strip.addEventListener("click", event => {
      const near = this.nearMark(event);
      if (near) clock.go(near.step);
    });
    this.strip.addEventListener("pointermove", event => {
      const near = this.nearMark(event);
      this.strip.title = near ? `step ${count(near.step)}: ${near.text}` : "";
      this.strip.classList.toggle("hit", !!near);
    });
    this.before = button("◂ event", "Event before", () => this.event(-1));
    this.after = button("event ▸", "Next event", () => this.event(1));
    this.said = element("p", { class: "event" });
    this.node = element(
      "div",
      { class: "clock", role: "group", "aria-label": "Clock" },
      element(
        "div",
        { class: "row" },
        button("|◀", "First step", () => clock.go(clock.first)),
        button("◀", "One step back", () => clock.move(-1)),
        this.play,
        button("▶", "One step forward", () => clock.move(1)),
        button("▶|", "Last step", () => clock.go(clock.last)),
        element("label", { class: "typed" }, "step ", this.input),
        this.of,
        this.speed,
        this.axis,
        this.before,
        this.after,
        this.closer,
        this.whole,
      ),
      element("div", { class: "track" }, this.range, this.strip),
      this.said,
    );
    clock.listen(() => this.draw());
    address.listen(changed => {
      if (["axis", "from", "to"].some(key => changed.has(key))) this.draw();
      if (changed.has("speed")) this.showSpeed();
    });
    // asked of the strip itself, its size would lay out the page in the middle of a frame
    this.size = { width: 0, height: 0 };
    new ResizeObserver(entries => {
      this.size = entries.at(-1).contentRect;
      this.drawStrip();
    }).observe(this.strip);
    this.draw();
  }

  showSpeed() {
    const speed = this.address.number("speed", USUAL_SPEED);
    this.clock.setSpeed(SPEEDS.includes(speed) ? speed : USUAL_SPEED);
    this.speed.value = String(this.clock.speed);
  }

  get logarithmic() {
    return this.address.get("axis", "linear") === "logarithmic";
  }

  /** Where a step is along the track, from 0 to 1. */
  placeOf(step) {
    const { first, last } = this.clock;
    if (last === first) return 0;
    return this.logarithmic ? Math.log1p(step - first) / Math.log1p(last - first) : (step - first) / (last - first);
  }

  stepAt(place) {
    const { first, last } = this.clock;
    return first + (this.logarithmic ? Math.expm1(place * Math.log1p(last - first)) : place * (last - first));
  }

  key(event) {
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
    if (event.key in moves) this.clock.move(moves[event.key] * (event.shiftKey ? 10 : 1));
    else if (event.key === "Home") this.clock.go(this.clock.first);
    else if (event.key === "End") this.clock.go(this.clock.last);
    else return;
    event.preventDefault();
  }

  zoom(factor) {
    const from = this.address.number("from", this.clock.first);
    const to = this.address.number("to", this.clock.last);
    const half = Math.max(2 * this.clock.every, (to - from) * factor / 2);
    const low = this.clock.nearest(this.clock.step - half);
    this.address.set({ from: low, to: this.clock.nearest(low + 2 * half) });
  }

  event(direction) {
    const steps = [...new Set(this.marks.map(mark => mark.step))].sort((a, b) => a - b);
    const step = direction > 0 ? steps.find(at => at > this.clock.step) : steps.findLast(at => at < this.clock.step);
    if (step !== undefined) this.clock.go(step);
  }

  nearMark(event) {
    const box = this.strip.getBoundingClientRect();
    const place = (event.clientX - box.left) / box.width;
    const reach = 6 / box.width;
    return this.marks.filter(mark => Math.abs(this.placeOf(mark.step) - place) < reach)
      .sort((a, b) => Math.abs(this.placeOf(a.step) - place) - Math.abs(this.placeOf(b.step) - place))[0];
  }

  setMarks(marks) {
    this.marks = marks;
    this.draw();
    this.drawStrip();
  }

  /** Writes the step into the field; where it is selected, it stays so, and what is typed then takes its place. */
  showStep() {
    const text = count(this.clock.shown);
    if (this.input.value === text) return;
    this.input.value = text;
    if (document.activeElement === this.input) this.input.select();
  }

  draw() {
    const { clock } = this;
    const place = String(Math.round(this.placeOf(clock.shown) * RESOLUTION));
    if (this.range.value !== place) this.range.value = place;
    this.range.setAttribute("aria-valuetext", `step ${clock.shown} of ${clock.last}`);
    if (!this.typing) this.showStep();
    const among = clock.at ? ", chosen steps" : clock.every > 1 ? `, every ${count(clock.every)}` : "";
    write(this.of, `of ${count(clock.last)}${among}`);
    write(this.play, clock.playing ? "Pause" : "Play");
    const axis = this.logarithmic ? "logarithmic" : "linear";
    if (this.axis.value !== axis) this.axis.value = axis;
    this.whole.hidden = this.address.get("from") === "" && this.address.get("to") === "";
    this.before.hidden = this.after.hidden = this.marks.length === 0;
    this.strip.hidden = this.marks.length === 0;
    const here = this.marks.filter(mark => mark.step === clock.shown);
    write(
      this.said,
      here
        .slice(0, 3)
        .map(mark => mark.text)
        .join(" · ") + (here.length > 3 ? ` · ${here.length - 3} more` : ""),
    );
    this.node.dataset.step = String(clock.shown);
    if (this.marks.length > 0 && this.drawnAt !== this.strips()) this.drawStrip();
  }

  /** Where the marks are, in shares of the track that are about a third of a pixel. */
  strips() {
    return this.marks.map(mark => Math.round(this.placeOf(mark.step) * 2 * RESOLUTION)).join(" ");
  }

  drawStrip() {
    const { width, height } = this.size;
    if (width === 0) return;
    this.drawnAt = this.strips();
    const ratio = devicePixelRatio || 1;
    Object.assign(this.strip, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const context = this.strip.getContext("2d");
    context.scale(ratio, ratio);
    const { colour } = appearance();
    for (const mark of this.marks) {
      const x = Math.min(width - 1, this.placeOf(mark.step) * width);
      context.fillStyle = mark.kind === "fission" ? colour.live : mark.kind === "merger" ? colour.mixed : colour.quiet;
      context.fillRect(
        x - 1,
        mark.kind === "fission" ? 0 : mark.kind === "merger" ? height / 2 : 0,
        2,
        mark.kind === "fission" || mark.kind === "merger" ? height / 2 : height,
      );
    }
  }
}
