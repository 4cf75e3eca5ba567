// Which rows are equal at the clock's step.
import { element } from "/charts/charts.js";
import { askUntilReady, Latest } from "./api.js";
import { Figure, Sight, write } from "./figure.js";
import { pngOf, stillOf } from "./still.js";
import { atStep, count, exact, many, words } from "./words.js";

const MOST_GROUPS = 60;

export class CensusPanel {
  static title = "Census at this step";

  constructor({ path, run, clock, address, tokens }) {
    Object.assign(this, { path, clock, address, tokens });
    this.figure = new Figure({
      title: "Census at this step",
      read:
        "Groups of rows that are equal bit for bit: black holes with their populations. " +
        "Click one to choose its tokens.",
      name: `${run.name}-census`,
    });
    this.figures = element("dl", { class: "census" });
    this.groups = element("div", { class: "groups", role: "group", "aria-label": "Groups of equal rows" });
    this.figure.picture.append(this.figures, this.groups);
    const still = () => stillOf(this.figure.picture);
    this.figure.offer({ svg: still, png: () => pngOf(still()) });
    this.node = this.figure.node;
    this.sight = new Sight(this.node, () => this.tick());
    this.request = new Latest((step, of) => this.load(step, of));
    this.ends = [
      clock.listen(() => this.tick()),
      address.listen(changed => changed.has("of") && this.tick()),
      tokens.listen(() => this.mark()),
    ];
    this.tick();
  }

  get of() {
    return this.address.get("of", "all");
  }

  /** What a run under way records, or what plays, is not asked for while nobody sees it. */
  tick() {
    if (this.clock.moving && !this.sight.inView) return;
    const wanted = `${this.clock.shown} ${this.of}`;
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.request.want(this.clock.shown, this.of);
  }

  async load(step, of) {
    try {
      this.show(await askUntilReady(`${this.path}/census`, { step, of }), of);
    } catch (error) {
      this.figure.show({ empty: error.message });
    }
  }

  show(census, of) {
    this.census = census;
    const { groups, singletons, figures, step } = census;
    this.showFigures(figures);
    this.figures.dataset.step = String(step);
    this.showGroups(groups, singletons);
    const left = groups.length > MOST_GROUPS ? ` The largest ${MOST_GROUPS} are listed; the table has all.` : "";
    this.figure.show({
      note:
        `${of === "all" ? "All" : of === "dead" ? "Dead" : "Live"} tokens${atStep(this.clock, step)}: ` +
        `${many(groups.length, "black hole")}, ${many(singletons.length, "singleton")}.${left}`,
      table: () => ({
        caption: `Groups of equal rows${atStep(this.clock, step)}.`,
        headings: ["tokens", "live", "dead", "names"],
        rows: [
          ...groups.map(group => [
            group.size,
            group.live,
            group.dead,
            group.tokens.map(id => this.tokens.name(id)).join(", "),
          ]),
          ...singletons.map(id => [
            1,
            this.tokens.isDead(id) ? 0 : 1,
            this.tokens.isDead(id) ? 1 : 0,
            this.tokens.name(id),
          ]),
        ],
      }),
    });
  }

  showFigures(figures) {
    const names = Object.keys(figures);
    if (String(names) !== this.named) {
      this.named = String(names);
      this.cells = names.map(name => element("dd", { class: "number", "data-figure": name }));
      this.figures.replaceChildren(...names.flatMap((name, i) => [element("dt", {}, words(name)), this.cells[i]]));
    }
    names.forEach((name, i) => write(this.cells[i], exact(figures[name])));
  }

  /** Groups stay as they are on screen as long as they are the same, step after step. */
  showGroups(groups, singletons) {
    const shown = JSON.stringify([groups, singletons]);
    if (shown === this.grouped) return;
    this.grouped = shown;
    const largest = groups[0]?.size ?? 1;
    const row = (tokens, size, label, kind) => {
      const bar = element("span", { class: `bar ${kind}` });
      bar.style.width = `${Math.max(1, 100 * size / largest)}%`;
      const node = element(
        "button",
        { type: "button", class: "group", "aria-pressed": "false" },
        element("span", { class: "size" }, count(size)),
        element("span", { class: "bars" }, bar, element("span", { class: "names" }, label)),
      );
      node.addEventListener("click", () => this.tokens.toggle(tokens));
      return { node, tokens };
    };
    this.rows = groups
      .slice(0, MOST_GROUPS)
      .map(group =>
        row(
          group.tokens,
          group.size,
          this.tokens.names(group.tokens, 16),
          group.live === 0 ? "dead" : group.dead === 0 ? "live" : "mixed",
        ),
      );
    if (singletons.length > 0)
      this.rows.push(
        row(
          singletons,
          singletons.length,
          `${many(singletons.length, "singleton")}: ${this.tokens.names(singletons, 12)}`,
          "alone",
        ),
      );
    this.groups.replaceChildren(...this.rows.map(({ node }) => node));
    this.mark();
  }

  mark() {
    for (const { node, tokens } of this.rows ?? [])
      node.setAttribute("aria-pressed", String(tokens.some(id => this.tokens.chosen.has(id))));
  }

  close() {
    this.ends.forEach(end => end());
  }
}
