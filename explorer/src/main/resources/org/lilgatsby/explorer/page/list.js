// Everything below the directories: runs, sweeps and checkpoints, with filter and sort.
import { element } from "/charts/charts.js";
import { ask } from "./api.js";
import { linkTo } from "./address.js";
import { tellingOf } from "./settings.js";
import { count, exact, size, UNKNOWN } from "./words.js";

const COLUMNS = [
  ["name", "name", item => item.name],
  ["kind", "kind", item => item.kind],
  ["status", "status", item => item.status],
  ["steps", "steps recorded", item => item.recordedSteps],
  ["loss", "last loss", item => item.loss],
  ["vocabulary", "tokens", item => item.vocabulary],
  ["dead", "dead", item => item.dead],
  ["distinct", "distinct dead rows", item => item.distinctDead],
  ["holes", "black holes", item => item.blackHoles],
  ["width", "width", item => item.width],
  ["seed", "seed", item => item.seed],
  ["precision", "precision", item => item.precision],
  ["size", "size", item => item.bytes],
  ["modified", "changed", item => item.modified],
];
const MOST_ROWS = 2000;

/** Rows whose cells are made at once, more than a screen has; the others get theirs a moment later, some at a time. */
const FIRST_ROWS = 40;
const MORE_ROWS = 100;
const FILL_AFTER_MILLISECONDS = 100;
const NUMBERS = new Set(["steps", "loss", "vocabulary", "dead", "distinct", "holes", "width", "seed", "size"]);

/** Where an item leads. */
export function viewOf(item) {
  return item.kind === "sweep"
    ? { view: "sweep", sweep: item.id }
    : item.kind === "checkpoint"
      ? { view: "checkpoint", run: item.id }
      : { view: "run", run: item.id };
}

function steps(item) {
  if (item.kind === "sweep") return item.runs === null ? UNKNOWN : `${count(item.runs)} runs`;
  if (item.recordedSteps === null) return UNKNOWN;
  return item.plannedSteps !== null && item.plannedSteps !== item.recordedSteps
    ? `${count(item.recordedSteps)} of ${count(item.plannedSteps)}`
    : count(item.recordedSteps);
}

const written = {
  steps,
  size: item => size(item.bytes),
  modified: item => (item.modified ? item.modified.slice(0, 16).replace("T", " ") : UNKNOWN),
  vocabulary: item => count(item.vocabulary),
  dead: item => count(item.dead),
};

/** Whether all words of a filter are in an item; a word like seed:42 looks at one column. */
export function matches(item, filter) {
  const all = [item.name, item.path, item.title, item.kind, item.status, item.precision, item.fault, item.seed,
    item.telling]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();
  return filter.toLowerCase().split(/\s+/).filter(word => word !== "").every(word => {
    const [key, value] = word.split(":", 2);
    const column = value === undefined ? null : COLUMNS.find(([id]) => id === key);
    return column ? String(column[2](item) ?? "").toLowerCase().includes(value) : all.includes(word);
  });
}

const alphabet = new Intl.Collator("en", { numeric: true });

/** Items in the order of a column; what is unknown comes last. */
export function sorted(items, key, descending) {
  const of = (COLUMNS.find(([id]) => id === key) ?? COLUMNS[0])[2];
  const order = descending ? -1 : 1;
  return [...items].sort((a, b) => {
    const [x, y] = [of(a) ?? null, of(b) ?? null];
    if (x === null || y === null) return (x === null) - (y === null);
    return (
      order *
      (typeof x === "number" && typeof y === "number"
        ? x - y
        : alphabet.compare(String(x), String(y)))
    );
  });
}

/** Where an item lies below the directories: long folders of a store by their ends. */
export function folderOf(item, roots) {
  const root = roots.find(at => item.path.startsWith(at + "/"));
  const folder = root === undefined ? item.path : item.path.slice(root.length + 1);
  return folder.length > 40 ? `…${folder.slice(-38)}` : folder;
}

export class ListView {
  constructor(main, { address, live, say }) {
    Object.assign(this, { address, say });
    this.items = [];
    this.telling = new Map();
    this.chosen = new Set(address.list("chosen"));
    this.filter = element("input", {
      type: "search",
      id: "filter",
      placeholder: "name, status, seed:42 …",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.filter.value = address.get("filter");
    this.filter.addEventListener("input", () => {
      address.set({ filter: this.filter.value === "" ? null : this.filter.value });
    });
    this.compare = element("button", { type: "button", disabled: "" }, "Compare");
    this.compare.addEventListener("click", () => address.go({ view: "many", runs: [...this.chosen] }));
    this.summary = element("p", { class: "note" });
    this.head = element("tr", {}, element("th", { scope: "col" }, element("span", { class: "unseen" }, "chosen")));
    for (const [key, name] of COLUMNS) {
      const button = element("button", { type: "button", class: "sort" }, name);
      button.addEventListener("click", () => {
        const descending =
          address.get("sort", "modified") === key ? !this.descending : NUMBERS.has(key) || key === "modified";
        address.set({ sort: key, order: descending ? "down" : "up" });
      });
      this.head.append(element("th", { scope: "col", class: NUMBERS.has(key) ? "number" : "" }, button));
    }
    this.body = element("tbody");
    this.rows = new Map();
    this.box = element(
      "div",
      { class: "list", tabindex: "0", role: "region", "aria-label": "Runs, sweeps and checkpoints" },
      element(
        "table",
        {},
        element("caption", { class: "unseen" }, "Runs, sweeps and checkpoints"),
        element("thead", {}, this.head),
        this.body,
      ),
    );
    main.append(element("h1", {}, "Runs, sweeps and checkpoints"), element("div", { class: "controls" },
      element("label", { for: "filter" }, "Filter"), this.filter, this.compare), this.summary, this.box);
    this.ends = [live.on("items", () => this.load()), live.on("run", run => this.progress(run))];
    address.listen(changed => {
      if (this.filter.value !== address.get("filter")) this.filter.value = address.get("filter");
      if (String([...this.chosen]) !== String(address.list("chosen"))) this.choose(address.list("chosen"));
      if (["filter", "sort", "order"].some(key => changed.has(key))) this.draw();
      else if (changed.has("chosen")) this.choices();
    });
  }

  get descending() {
    return this.address.get("order", "down") === "down";
  }

  async load() {
    const { items, roots } = await ask("items");
    this.roots = roots;
    this.show(items);
    this.tellApart();
  }

  /** Asks what tells runs of one name apart, whenever others are listed. */
  async tellApart() {
    const runs = this.items.filter(item => item.kind === "run").map(item => item.id);
    if (String(runs) === this.told) return;
    this.told = String(runs);
    try {
      for (const { runs: ids, settings } of await ask("namesakes"))
        tellingOf(settings, ids.length).forEach((words, i) => this.telling.set(ids[i], words));
      this.show(this.items);
    } catch (error) {
      this.say(error.message);
    }
  }

  show(known) {
    const items = known.map(item => ({ ...item, telling: this.telling.get(item.id) ?? "" }));
    this.items = items;
    const old = this.rows;
    this.rows = new Map(items.map(item => {
      const before = old.get(item.id);
      const text = JSON.stringify(item);
      const node = () => element("tr", { title: item.path }, element("td", { colspan: String(COLUMNS.length + 1) }));
      return [item.id, before?.text === text ? before : { item, text, node: node(), filled: false }];
    }));
    for (const id of this.chosen) if (!this.rows.has(id)) this.chosen.delete(id);
    this.draw();
  }

  /** Makes the cells of some rows. */
  fill(rows) {
    for (const row of rows) {
      if (!row.filled) row.node.replaceChildren(...this.cells(row.item));
      row.filled = true;
    }
  }

  /** Makes those of the rows that follow, some at a time. */
  fillLater(rows) {
    clearTimeout(this.filling);
    const empty = rows.filter(row => !row.filled);
    if (empty.length === 0) return;
    this.filling = setTimeout(() => {
      this.fill(empty.slice(0, MORE_ROWS));
      this.fillLater(empty.slice(MORE_ROWS));
    }, FILL_AFTER_MILLISECONDS);
  }

  cells(item) {
    const box = element("input", { type: "checkbox", "aria-label": `choose ${item.name}` });
    box.checked = this.chosen.has(item.id);
    box.disabled = item.kind !== "run";
    box.addEventListener("change", () => {
      box.checked ? this.chosen.add(item.id) : this.chosen.delete(item.id);
      this.address.set({ chosen: this.chosen.size === 0 ? null : [...this.chosen] });
      this.choices();
    });
    const link = element("a", { href: linkTo(viewOf(item)) }, item.name);
    const what = element(
      "div",
      { class: item.fault ? "fault" : "title" },
      item.fault ?? [item.telling, folderOf(item, this.roots), item.title].filter(Boolean).join(" · "),
    );
    const cells = COLUMNS.map(([key, , of]) => {
      if (key === "name") return element("th", { scope: "row" }, link, what);
      if (key === "status")
        return element("td", {}, element("span", { class: `state ${item.status.replace(" ", "-")}` }, item.status));
      return element(
        "td",
        NUMBERS.has(key) ? { class: "number" } : {},
        written[key]?.(item) ?? exact(of(item) ?? null),
      );
    });
    return [element("td", {}, box), ...cells];
  }

  /** Chooses the runs that the address says, which may have changed. */
  choose(ids) {
    this.chosen = new Set(ids);
    for (const { item, node, filled } of this.rows.values())
      if (filled) node.querySelector("input").checked = this.chosen.has(item.id);
  }

  choices() {
    this.compare.disabled = this.chosen.size < 2;
    this.compare.textContent =
      this.chosen.size < 2 ? "Compare (choose two or more runs)" : `Compare ${this.chosen.size} runs`;
  }

  draw() {
    const key = this.address.get("sort", "modified");
    const kept = sorted(this.items.filter(item => matches(item, this.filter.value)), key, this.descending);
    const rows = kept.slice(0, MOST_ROWS).map(item => this.rows.get(item.id));
    this.fill(rows.slice(0, FIRST_ROWS));
    this.body.replaceChildren(...rows.map(row => row.node));
    this.fillLater(rows.slice(FIRST_ROWS));
    [...this.head.cells]
      .slice(1)
      .forEach((cell, i) =>
        COLUMNS[i][0] === key
          ? cell.setAttribute("aria-sort", this.descending ? "descending" : "ascending")
          : cell.removeAttribute("aria-sort"),
      );
    this.box.hidden = kept.length === 0;
    const left = kept.length > MOST_ROWS ? ` The first ${count(MOST_ROWS)} are shown; filter to see others.` : "";
    this.summary.textContent = this.items.length === 0
      ? `There is no run, sweep or checkpoint below ${this.roots.join(", ")}. One that starts appears here by itself.`
      : `${count(kept.length)} of ${count(this.items.length)} below ${this.roots.join(", ")}.${left}`;
    this.choices();
  }

  progress(run) {
    const row = this.rows.get(run.id);
    if (!row?.filled) return;
    const cells = row.node.cells;
    cells[4].textContent = `${count(run.step)} of ${count(run.plannedSteps)}`;
    if (run.loss !== null) cells[5].textContent = exact(run.loss);
  }

  close() {
    clearTimeout(this.filling);
    this.ends.forEach(end => end());
  }
}
