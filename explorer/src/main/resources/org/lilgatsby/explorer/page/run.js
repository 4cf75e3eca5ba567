// One run: what it is, its clock, its state at a step, and what it did over the steps.
import { element } from "/charts/charts.js";
import { follow } from "./address.js";
import { ask, askUntilReady, Latest } from "./api.js";
import { CensusPanel } from "./census.js";
import { Clock } from "./clock.js";
import { CloudPanel } from "./cloud.js";
import { CurvesPanel } from "./curves.js";
import { EventsPanel } from "./events.js";
import { write } from "./figure.js";
import { GenealogyPanel } from "./genealogy.js";
import { LatticePanel } from "./lattice.js";
import { LifePanel } from "./life.js";
import { Redraws } from "./redraws.js";
import { Scrubber } from "./scrubber.js";
import { settingsOf } from "./settings.js";
import { Tokens } from "./tokens.js";
import { count, duration, exact, many } from "./words.js";

const AT_STEP = { cloud: CloudPanel, census: CensusPanel, lattice: LatticePanel };
const OVER_STEPS = { genealogy: GenealogyPanel, events: EventsPanel, token: LifePanel };

export class RunView {
  constructor(main, { address, live, say, reopen, kind = "run" }) {
    Object.assign(this, { main, address, live, say, reopen, kind });
    this.id = address.get("run");
    this.path = `${kind}s/${this.id}`;
    this.panels = [];
    this.ends = [];
    this.arrivals = new Latest(progress => this.arrive(progress));
  }

  async load() {
    const run = await ask(this.path);
    if (run.begins) return this.begins();
    this.run = run;
    document.title = `${run.name} – Lil Gatsby`;
    document.getElementById("where").textContent = run.name;
    const clock = new Clock(run.steps);
    clock.step = clock.nearest(this.address.number("step", run.steps.last));
    clock.timeless = this.kind === "checkpoint";
    this.clock = clock;
    this.redraws = new Redraws(clock.last, performance.now());
    this.tokens = new Tokens(run.tokens, this.address);
    this.scrubber = new Scrubber(clock, this.address);
    this.state = element("p", { class: "standing", role: "status" });
    this.at = element("div", { class: "at" }, element("h2", { class: "unseen" }, "At this step"));
    this.over = element("div", { class: "over" });
    const single = run.steps.first === run.steps.last && run.status !== "under way";
    this.scrubber.node.hidden = single;
    this.main.append(
      element("h1", {}, clock.timeless && run.title ? `${run.name}: ${run.title}` : (run.title ?? run.name)),
      this.state,
      this.scrubber.node,
      this.choices(),
      element("div", { class: single ? "panes single" : "panes" }, this.at, this.over),
      ...settingsOf(run),
    );
    this.standing({ status: run.status, fault: run.fault });
    const context = {
      path: this.path,
      id: this.id,
      run,
      clock,
      address: this.address,
      tokens: this.tokens,
      live: this.live,
      redraws: this.redraws,
    };
    for (const [place, panels] of [
      [this.at, AT_STEP],
      [this.over, OVER_STEPS],
    ]) {
      for (const [name, Panel] of Object.entries(panels))
        if (!single || Panel !== EventsPanel) this.add(place, name, Panel, context);
    }
    if (run.curves.length > 0) this.addPanel(this.over, new CurvesPanel(context), true);
    this.ends.push(
      clock.listen(() => this.address.set({ step: clock.step === clock.last ? null : clock.step })),
      this.address.listen(changed => {
        if (changed.has("step")) this.follow();
        if (changed.has("of") && !single) this.marks();
      }),
      this.live.on("run", progress => progress.id === this.id && this.arrivals.want(progress)),
      this.live.on("items", () => this.refresh()),
    );
    if (!single) this.marks();
  }

  /** It has recorded nothing yet: opened again when it has, or when it ended without. */
  begins() {
    this.main.append(
      element("h1", {}, "This run is starting"),
      element(
        "p",
        { class: "standing", role: "status", "data-status": "under way" },
        "It has recorded no step yet. Its steps will appear here by themselves.",
      ),
    );
    // Whatever else changes in the list leaves these words where they are.
    const again = async () => {
      const stillBegins = await ask(this.path).then(run => run.begins, () => false);
      if (!stillBegins) this.reopen(this);
    };
    this.ends.push(
      this.live.on("run", run => run.id === this.id && again()),
      this.live.on("items", again),
    );
  }

  add(place, name, Panel, context) {
    const why = context.run.views[name];
    if (why === true || why === undefined) this.addPanel(place, new Panel(context));
    else
      place.append(
        element(
          "section",
          { class: "figure" },
          element("h3", {}, Panel.title ?? name),
          element("p", { class: "note" }, why),
        ),
      );
  }

  get events() {
    return this.panels.find(panel => panel instanceof EventsPanel);
  }

  addPanel(place, panel, first = false) {
    this.panels.push(panel);
    first ? place.prepend(panel.node) : place.append(panel.node);
  }

  /** Which tokens are looked at. */
  choices() {
    const someDead = this.run.tokens.some(token => token.dead);
    const of = element(
      "select",
      { id: "of" },
      ...[
        ["", someDead ? "all tokens (lattice: dead)" : "all tokens"],
        ...(someDead
          ? [
              ["all", "all tokens"],
              ["live", "live tokens"],
              ["dead", "dead tokens"],
            ]
          : []),
      ].map(([value, name]) => element("option", { value }, name)),
    );
    follow(this.address, of, () => this.address.get("of"));
    of.addEventListener("change", () => this.address.set({ of: of.value === "" ? null : of.value }));
    const find = element("input", {
      type: "search",
      id: "find",
      placeholder: "id, 3-9, glyph, name",
      autocomplete: "off",
      spellcheck: "false",
    });
    const chosen = element("span", { class: "chosen" });
    find.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      const found = this.tokens.find(find.value);
      if (found.length === 0) this.say(`No token is called ${find.value}.`);
      else this.tokens.choose(event.shiftKey ? [...this.tokens.chosen, ...found] : found);
      chosen.dataset.missing = String(found.length === 0);
      show();
    });
    const none = element("button", { type: "button" }, "Clear choice");
    none.addEventListener("click", () => this.tokens.choose([]));
    const show = () => {
      const ids = [...this.tokens.chosen];
      chosen.textContent =
        chosen.dataset.missing === "true"
          ? `No token is called ${find.value}.`
          : ids.length === 0
            ? "No token is chosen."
            : `Chosen: ${this.tokens.names(ids, 8)}`;
      none.hidden = ids.length === 0;
    };
    this.tokens.listen(() => {
      chosen.dataset.missing = "false";
      show();
    });
    show();
    return element(
      "div",
      { class: "controls" },
      element("label", { for: "of" }, "Tokens"),
      of,
      element("label", { for: "find" }, "Find"),
      find,
      chosen,
      none,
    );
  }

  get markedTokens() {
    return this.address.get("of", this.run.tokens.some(token => token.dead) ? "dead" : "all");
  }

  /** Events of the tokens looked at: of the dead ones where there are any, unless others are chosen. */
  async marks() {
    const of = this.markedTokens;
    try {
      const marks = await askUntilReady(`${this.path}/marks`, { of });
      if (of !== this.markedTokens) return;
      this.scrubber.setMarks(marks);
      this.events?.show(marks, of);
    } catch (error) {
      this.say(error.message);
      this.events?.figure.show({ empty: error.message });
    }
  }

  follow() {
    const step = this.address.number("step", this.clock.last);
    if (step !== this.clock.step) this.clock.go(step);
  }

  standing({ status, fault, step, plannedSteps, stepsPerSecond, secondsLeft, still, loss }) {
    const parts = [];
    if (status === "under way") {
      parts.push(step === undefined ? "Under way" : `Under way: step ${count(step)} of ${count(plannedSteps)}`);
      if (loss !== undefined && loss !== null) parts.push(`loss ${exact(loss)}`);
      if (stepsPerSecond) parts.push(`${stepsPerSecond.toPrecision(3)} steps per second`);
      if (secondsLeft !== undefined && secondsLeft !== null) parts.push(`${duration(secondsLeft)} left`);
      if (still > 10) parts.push(`no step for ${duration(still)}`);
    } else {
      const { steps } = this.run;
      parts.push(
        this.kind === "checkpoint"
          ? `Checkpoint: ${many(this.run.tokens.length, "token")}, ${many(this.run.width, "component")} each`
          : `${status[0].toUpperCase()}${status.slice(1)}: ` +
              many(steps.recorded, "recorded state") +
              (steps.at ? ", at chosen steps" : steps.every > 1 ? `, every ${count(steps.every)} steps` : ""),
      );
      if (steps.planned !== null && steps.planned !== undefined && steps.planned > steps.last)
        parts.push(`${count(steps.planned)} steps were planned`);
    }
    if (fault) parts.push(fault);
    write(this.state, parts.join(" · "));
    if (this.state.dataset.status !== status) this.state.dataset.status = status;
  }

  /** The cloud of a new state is fetched before anything tells of that state: one frame shows all of it. */
  async arrive(progress) {
    const state = document.hidden ? null : this.clock.next(progress.step);
    if (state !== null) await this.panels.find(panel => panel instanceof CloudPanel)?.expect(state);
    if (!this.closed) this.progress(progress);
  }

  progress(progress) {
    this.standing(progress);
    this.clock.extend(progress.step);
    const now = performance.now();
    if (!document.hidden && this.redraws.isDue(this.clock.last, now)) {
      this.redraws.begin(this.clock.last, now);
      this.panels.forEach(panel => panel.extend?.());
    }
    if (progress.status !== "under way") this.refresh();
  }

  /** The list changed: perhaps this run ended or failed. */
  async refresh() {
    if (this.run.status !== "under way") return;
    const run = await ask(this.path);
    this.run = run;
    this.clock.extend(run.steps.last);
    if (run.status !== "under way") {
      this.standing({ status: run.status, fault: run.fault });
      this.say(`${run.name}: ${run.status}.`);
      this.clock.growing = false;
      this.marks();
      this.panels.forEach(panel => panel.extend?.());
    }
  }

  redraw() {
    this.panels.forEach(panel => panel.redraw?.());
    this.scrubber?.drawStrip();
  }

  close() {
    this.closed = true;
    this.clock?.stop();
    this.ends.forEach(end => end());
    this.panels.forEach(panel => panel.close());
  }
}
