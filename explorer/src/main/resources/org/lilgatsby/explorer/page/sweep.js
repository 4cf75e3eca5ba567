// One sweep: its points, and the way to compare its runs.
import { element } from "/charts/charts.js";
import { linkTo } from "./address.js";
import { ask } from "./api.js";
import { count, many } from "./words.js";

const MOST_COMPARED = 64;
const MOST_ROWS = 2000;

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

export class SweepView {
  constructor(main, { address }) {
    Object.assign(this, { main, address });
  }

  async load() {
    const sweep = await ask(`sweeps/${this.address.get("sweep")}`);
    document.title = `${sweep.name} – Lil Gatsby`;
    document.getElementById("where").textContent = sweep.name;
    const shown = sweep.runs.filter(run => run.item !== null);
    const all = shown.length === 0 ? "runs" : `all ${shown.length}`;
    const which = shown.length > MOST_COMPARED ? `the first ${MOST_COMPARED}` : all;
    const compare = element("button", { type: "button" }, `Compare ${which} on one clock`);
    compare.disabled = shown.length < 2;
    compare.addEventListener("click", () =>
      this.address.go({
        view: "many",
        runs: shown.slice(0, MOST_COMPARED).map(run => run.item),
        as: shown.length > 8 ? "ribbon" : "lines",
      }),
    );
    const telling = column => column !== "key" && new Set(sweep.runs.map(run => run.point[column] ?? "")).size > 1;
    const columns = [...new Set(sweep.runs.flatMap(run => Object.keys(run.point)))].filter(
      column => sweep.varied.includes(column) || telling(column),
    );
    const varied = columns.filter(column => sweep.varied.includes(column));
    const ordered = [...varied, ...columns.filter(column => !varied.includes(column))];
    const numeric = new Set(
      ordered.filter(column =>
        sweep.runs.every(run => !run.point[column] || Number.isFinite(Number(run.point[column]))),
      ),
    );
    const body = element("tbody");
    const fill = (runs = sweep.runs) =>
      body.replaceChildren(
        ...runs
          .slice(0, MOST_ROWS)
          .map(run =>
            element(
              "tr",
              {},
              element(
                "th",
                { scope: "row" },
                run.item === null
                  ? "not kept"
                  : element(
                      "a",
                      { href: linkTo({ view: "run", run: run.item }) },
                      `run ${sweep.runs.indexOf(run) + 1}`,
                    ),
              ),
              ...ordered.map(column =>
                element("td", numeric.has(column) ? { class: "number" } : {}, run.point[column] ?? ""),
              ),
            ),
          ),
      );
    let order = { column: null, down: false };
    const head = element(
      "tr",
      {},
      element("th", { scope: "col" }, "run"),
      ...ordered.map(column => {
        const button = element("button", { type: "button", class: "sort" }, column);
        const cell = element("th", { scope: "col", class: numeric.has(column) ? "number" : "" }, button);
        button.addEventListener("click", () => {
          order = { column, down: order.column === column && !order.down };
          [...head.cells].forEach(other => other.removeAttribute("aria-sort"));
          cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
          const of = run => run.point[column] ?? "";
          fill(
            [...sweep.runs].sort(
              (a, b) =>
                (order.down ? -1 : 1) *
                (numeric.has(column)
                  ? Number(of(a)) - Number(of(b))
                  : of(a).localeCompare(of(b), "en", { numeric: true })),
            ),
          );
        });
        return cell;
      }),
    );
    fill();
    const state = sweep.runs.reduce(
      (states, run) =>
        states.set(
          run.point.state ?? run.point.status ?? "done",
          (states.get(run.point.state ?? run.point.status ?? "done") ?? 0) + 1,
        ),
      new Map(),
    );
    this.main.append(
      element("h1", {}, sweep.title ?? sweep.name),
      element(
        "p",
        { class: "standing" },
        `${many(sweep.runs.length, "run")}, ` +
          `${[...state].map(([name, number]) => `${count(number)} ${name}`).join(", ")}` +
          `${sweep.varied.length > 0 ? `; varied: ${sweep.varied.join(", ")}` : ""}. ${openable(sweep)}`,
      ),
      element("div", { class: "controls" }, compare),
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
          element("thead", {}, head),
          body,
        ),
      ),
    );
    if (sweep.runs.length > MOST_ROWS)
      this.main.append(element("p", { class: "note" }, `The first ${count(MOST_ROWS)} rows are shown.`));
  }

  close() {}
}
