// One sweep: its points, and the way to compare those of its runs that are chosen.
import { element } from "/charts/charts.js";
import { follow, linkTo } from "./address.js";
import { ask } from "./api.js";
import { count, many } from "./words.js";

const MOST_COMPARED = 64;
const MOST_ROWS = 2000;
const RIBBONS_FROM = 9;

/** Which of a sweep's runs can be opened, and what to do about the others; nothing where all can. */
export function openable({ runs, keepsRecordings, store, storeServed, path }) {
  const shown = runs.filter(run => run.item !== null).length;
  if (shown === runs.length) return "";
  const some = `${many(shown, "run")} can be opened`;
  if (!keepsRecordings && shown === 0)
    return "No run can be opened: the sweep kept no recordings (--keep recording keeps them).";
  if (store === null) return `${some}; recordings of the others may lie in a store that this explorer was not given.`;
  if (!storeServed)
    return `${some}. The others are in the sweep’s store, which this explorer was not given; this shows them: ` +
      `lilgatsby explore ${path} ${store}`;
  return `${some}; the others kept no recording.`;
}

/** A number is meant whole, a text may be begun. */
const holds = (cell, value) => (Number.isFinite(Number(value)) ? Number(cell) === Number(value) : cell.includes(value));

/** Whether a run has all words of a filter in its columns; setting:value wants it in a column of that name. */
export function pointMatches(point, filter) {
  const cells = Object.entries(point).map(([name, value]) => [name.toLowerCase(), String(value).toLowerCase()]);
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== "")
    .every(word => {
      const at = word.indexOf(":");
      const [name, value] = [word.slice(0, at), word.slice(at + 1)];
      const named = at > 0 ? cells.filter(([column]) => column === name || column.endsWith(`.${name}`)) : [];
      return named.length > 0
        ? named.some(([, cell]) => holds(cell, value))
        : cells.some(([, cell]) => cell.includes(word));
    });
}

/** Runs in the order of a column. */
export function ordered(runs, column, numeric, descending) {
  const of = run => run.point[column] ?? "";
  return [...runs].sort(
    (a, b) =>
      (descending ? -1 : 1) *
      (numeric ? Number(of(a)) - Number(of(b)) : of(a).localeCompare(of(b), "en", { numeric: true })),
  );
}

/** Columns that tell runs apart, those of varied settings first. */
export function columnsOf({ runs, varied }) {
  const telling = column => column !== "key" && new Set(runs.map(run => run.point[column] ?? "")).size > 1;
  const columns = [...new Set(runs.flatMap(run => Object.keys(run.point)))].filter(
    column => varied.includes(column) || telling(column),
  );
  const first = columns.filter(column => varied.includes(column));
  return [...first, ...columns.filter(column => !first.includes(column))];
}

/** How many runs are in which state. */
function statesOf(runs) {
  const states = new Map();
  for (const { point } of runs) {
    const state = point.state ?? point.status ?? "done";
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return [...states].map(([name, number]) => `${count(number)} ${name}`).join(", ");
}

export class SweepView {
  constructor(main, { address, live, reopen }) {
    Object.assign(this, { main, address, live, reopen, ends: [] });
  }

  async load() {
    const sweep = await ask(`sweeps/${this.address.get("sweep")}`);
    document.title = `${sweep.name} – Lil Gatsby`;
    document.getElementById("where").textContent = sweep.name;
    if (sweep.runs.length === 0) return this.waits(sweep);
    this.sweep = sweep;
    this.numbers = new Map(sweep.runs.map((run, i) => [run, i + 1]));
    this.columns = columnsOf(sweep);
    this.numeric = new Set(
      this.columns.filter(column =>
        sweep.runs.every(run => !run.point[column] || Number.isFinite(Number(run.point[column]))),
      ),
    );
    this.body = element("tbody");
    this.summary = element("p", { class: "note", role: "status" });
    this.main.append(
      element("h1", {}, sweep.title ?? sweep.name),
      element(
        "p",
        { class: "standing" },
        `${many(sweep.runs.length, "run")}, ${statesOf(sweep.runs)}` +
          `${sweep.varied.length > 0 ? `; varied: ${sweep.varied.join(", ")}` : ""}. ${openable(sweep)}`,
      ),
      this.controls(),
      this.summary,
      element(
        "p",
        { class: "note" },
        "Columns in which all runs are equal are left out; the sweep’s own report has all.",
      ),
      element(
        "div",
        { class: "list", tabindex: "0", role: "region", "aria-label": "Runs of the sweep" },
        element(
          "table",
          {},
          element("caption", { class: "unseen" }, "Runs of the sweep"),
          element("thead", {}, this.heads()),
          this.body,
        ),
      ),
    );
    this.address.listen(changed => {
      if (["filter", "sort", "order"].some(key => changed.has(key))) this.draw();
      else if (changed.has("chosen")) this.choices();
    });
    this.draw();
  }

  /** Its table of runs is written at its end: opened again once that is there. */
  waits({ name, title }) {
    this.main.append(
      element("h1", {}, title ?? name),
      element(
        "p",
        { class: "standing", role: "status" },
        "This sweep has no table of its runs yet, which is written at its end and will appear here by itself. " +
          "Runs whose recordings it keeps are in the list.",
      ),
      element("p", {}, element("a", { href: linkTo({ view: "list" }) }, "All runs")),
    );
    const again = async () => {
      const { runs } = await ask(`sweeps/${this.address.get("sweep")}`).catch(() => ({ runs: [] }));
      if (runs.length > 0) this.reopen(this);
    };
    this.ends.push(this.live.on("items", again));
  }

  controls() {
    const filter = element("input", {
      type: "search",
      id: "filter",
      placeholder: "seed:3, a value …",
      autocomplete: "off",
      spellcheck: "false",
    });
    follow(this.address, filter, () => this.address.get("filter"));
    filter.addEventListener("input", () => this.address.set({ filter: filter.value === "" ? null : filter.value }));
    const button = (text, act) => {
      const node = element("button", { type: "button" }, text);
      node.addEventListener("click", act);
      return node;
    };
    this.compare = button("Compare", () => {
      const runs = this.compared();
      this.address.go({ view: "many", runs, as: runs.length >= RIBBONS_FROM ? "ribbon" : "lines" });
    });
    this.all = button("Choose all listed", () =>
      this.choose([...new Set([...this.address.list("chosen"), ...this.openOnes(this.kept()).map(run => run.item)])]),
    );
    this.none = button("Clear choice", () => this.choose([]));
    return element(
      "div",
      { class: "controls" },
      element("label", { for: "filter" }, "Filter"),
      filter,
      this.all,
      this.none,
      this.compare,
    );
  }

  choose(items) {
    this.address.set({ chosen: items.length === 0 ? null : items });
  }

  openOnes(runs) {
    return runs.filter(run => run.item !== null);
  }

  /** Runs that the filter leaves, in the order of the list. */
  kept() {
    const filter = this.address.get("filter");
    const kept = this.sweep.runs.filter(run => pointMatches(run.point, filter));
    const column = this.address.get("sort");
    return this.columns.includes(column)
      ? ordered(kept, column, this.numeric.has(column), this.address.get("order") === "down")
      : kept;
  }

  /** Runs to lay over each other: those chosen, or else those listed. */
  compared() {
    const chosen = new Set(this.address.list("chosen"));
    const runs = this.openOnes(this.sweep.runs).filter(run => chosen.has(run.item));
    return (runs.length > 0 ? runs : this.openOnes(this.kept())).slice(0, MOST_COMPARED).map(run => run.item);
  }

  heads() {
    this.head = element(
      "tr",
      {},
      element("th", { scope: "col" }, element("span", { class: "unseen" }, "chosen")),
      element("th", { scope: "col" }, "run"),
      ...this.columns.map(column => {
        const button = element("button", { type: "button", class: "sort" }, column);
        button.addEventListener("click", () => {
          const again = this.address.get("sort") === column && this.address.get("order") !== "down";
          this.address.set({ sort: column, order: again ? "down" : null });
        });
        return element("th", { scope: "col", class: this.numeric.has(column) ? "number" : "" }, button);
      }),
    );
    return this.head;
  }

  row(run) {
    const name = `run ${this.numbers.get(run)}`;
    const box = element("input", { type: "checkbox", "aria-label": `choose ${name}` });
    box.disabled = run.item === null;
    box.dataset.item = run.item ?? "";
    box.addEventListener("change", () => {
      const others = this.address.list("chosen").filter(item => item !== run.item);
      this.choose(box.checked ? [...others, run.item] : others);
    });
    return element(
      "tr",
      {},
      element("td", {}, box),
      element(
        "th",
        { scope: "row" },
        run.item === null ? "not kept" : element("a", { href: linkTo({ view: "run", run: run.item }) }, name),
      ),
      ...this.columns.map(column =>
        element("td", this.numeric.has(column) ? { class: "number" } : {}, run.point[column] ?? ""),
      ),
    );
  }

  draw() {
    const kept = this.kept();
    this.body.replaceChildren(...kept.slice(0, MOST_ROWS).map(run => this.row(run)));
    const sorted = this.address.get("sort");
    [...this.head.cells].slice(2).forEach((cell, i) =>
      this.columns[i] === sorted
        ? cell.setAttribute("aria-sort", this.address.get("order") === "down" ? "descending" : "ascending")
        : cell.removeAttribute("aria-sort"),
    );
    const left = kept.length > MOST_ROWS ? ` The first ${count(MOST_ROWS)} are shown; filter to see others.` : "";
    this.listed = `${count(kept.length)} of ${many(this.sweep.runs.length, "run")} listed.${left}`;
    this.choices();
  }

  choices() {
    const chosen = new Set(this.address.list("chosen"));
    this.body.querySelectorAll("input").forEach(box => {
      box.checked = chosen.has(box.dataset.item);
    });
    const open = this.openOnes(this.sweep.runs);
    const taken = open.filter(run => chosen.has(run.item)).length;
    const wanted = taken > 0 ? taken : this.openOnes(this.kept()).length;
    const which =
      wanted > MOST_COMPARED
        ? `the first ${MOST_COMPARED}`
        : taken === 0 && wanted === open.length && wanted > 0
          ? `all ${wanted}`
          : many(wanted, "run");
    this.compare.textContent = `Compare ${which} on one clock`;
    this.compare.disabled = wanted < 2;
    this.none.hidden = taken === 0;
    this.all.disabled = this.openOnes(this.kept()).length === 0;
    this.summary.textContent = `${this.listed}${taken > 0 ? ` ${count(taken)} chosen.` : ""}`;
  }

  close() {
    this.ends.forEach(end => end());
  }
}
