// The table of runs: sorted, filtered, each with a link to its own page if it has one.

const ROWS_AT_ONCE = 100;

const shownRuns = { column: null, descending: false, text: "", state: "all", group: "all", count: ROWS_AT_ONCE };

/** The columns: {name, numeric, of(row)}; those of settings also have the text of the configuration. */
const runColumns = [
  { name: "run", numeric: false, of: row => runs.keys[row] },
  { name: "state", numeric: false, of: row => runs.states[row] },
  ...varied.map((axis, i) => ({
    name: axis.setting,
    numeric: axis.numeric,
    of: row => (settingOf(row, i) === null ? null : axis.numeric ? Number(settingOf(row, i)) : settingOf(row, i)),
    text: row => settingOf(row, i) ?? UNKNOWN,
  })),
  ...headlines.map(outcome => ({ name: heading(outcome.figure), numeric: true, of: row => outcome.values[row] })),
  ...(Object.keys(runs.reasons).length > 0
    ? [{ name: "reason", numeric: false, of: row => runs.reasons[row] ?? null }]
    : []),
];

/** Rows that meet the filter, in the order chosen; undefined values are last either way. */
function chosenRuns({ column, descending, text, state, group }) {
  const wanted = text.trim().toLowerCase();
  const words = row =>
    runColumns
      .filter(column => column.text || !column.numeric)
      .map(column => `${column.name} ${column.text ? column.text(row) : column.of(row)}`)
      .join(" ")
      .toLowerCase();
  const chosen = rows.filter(
    row =>
      (state === "all" || runs.states[row] === state) &&
      (group === "all" || runs.groups[row] === Number(group)) &&
      (wanted === "" || words(row).includes(wanted)),
  );
  if (column === null) return chosen;
  const { of, numeric } = runColumns[column];
  const order = (a, b) => (numeric ? a - b : a < b ? -1 : a > b ? 1 : 0);
  return chosen.sort((one, two) => {
    const [a, b] = [of(one), of(two)];
    if (a === null || b === null) return (a === null) - (b === null) || one - two;
    return (descending ? order(b, a) : order(a, b)) || one - two;
  });
}

function runCell(row, column) {
  const value = column.of(row);
  if (column.name === "run") {
    const key = element("code", {}, value.slice(0, 12));
    const link = runs.links[row];
    return element(
      "th",
      { scope: "row", title: value },
      link ? element("a", { href: link, "aria-label": `Page of run ${value.slice(0, 12)}` }, key) : key,
    );
  }
  if (column.name === "state") return element("td", { class: `state-${value}` }, value);
  return element(
    "td",
    { class: column.numeric ? "number" : "text" },
    column.text ? column.text(row) : typeof value === "string" ? value : written(value),
  );
}

/** Puts the table and its filters into the page. */
function runTable(place) {
  const body = element("tbody");
  const status = element("p", { class: "status", role: "status" });
  const more = element("button", { type: "button" }, "Show more");
  const heads = runColumns.map((column, i) => {
    const button = element("button", { type: "button" }, column.name);
    const head = element("th", { scope: "col", class: column.numeric ? "number" : "", "aria-sort": "none" }, button);
    button.addEventListener("click", () => {
      shownRuns.descending = shownRuns.column === i && !shownRuns.descending;
      shownRuns.column = i;
      show();
    });
    return head;
  });
  const show = () => {
    const chosen = chosenRuns(shownRuns);
    const shown = chosen.slice(0, shownRuns.count);
    heads.forEach((head, i) =>
      head.setAttribute(
        "aria-sort",
        i !== shownRuns.column ? "none" : shownRuns.descending ? "descending" : "ascending",
      ),
    );
    body.replaceChildren(...shown.map(row => element("tr", {}, ...runColumns.map(column => runCell(row, column)))));
    more.hidden = shown.length === chosen.length;
    const listed =
      rows.length === runs.total
        ? ""
        : ` The page has ${written(rows.length)} of ${counted(runs.total, "run")}; runs.csv has all.`;
    status.textContent =
      `${written(shown.length)} of ${counted(chosen.length, "run")} ` +
      `shown${chosen.length < rows.length ? `, ${written(rows.length - chosen.length)} filtered out` : ""}.${listed}`;
  };
  const filter = (key, value) => {
    shownRuns[key] = value;
    shownRuns.count = ROWS_AT_ONCE;
    show();
  };
  const search = element("input", { type: "search" });
  search.addEventListener("input", () => filter("text", search.value));
  const choice = (label, key, choices) => {
    const select = element("select", {}, ...choices.map(([value, name]) => element("option", { value }, name)));
    select.addEventListener("change", () => filter(key, select.value));
    return element("label", {}, label, select);
  };
  more.addEventListener("click", () => {
    shownRuns.count += 2 * ROWS_AT_ONCE;
    show();
  });
  const box = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Runs" },
    element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body));
  const save = saveButton(`${sweep.name}-runs`, () => ({
    headings: runColumns.map(column => column.name),
    rows: chosenRuns(shownRuns).map(row => runColumns.map(column => column.of(row))),
  }));
  place.append(
    element(
      "div",
      { class: "controls" },
      element("label", {}, "Containing", search),
      choice("State", "state", [["all", "all"], ...[...new Set(runs.states)].map(name => [name, name])]),
      groups.length > 1
        ? choice("Group", "group", [["all", "all"], ...groups.map((group, i) => [String(i), group.name])])
        : null,
    ),
    status,
    box,
    element("div", { class: "saves" }, more, save),
  );
  cueScrolling(box);
  show();
}
