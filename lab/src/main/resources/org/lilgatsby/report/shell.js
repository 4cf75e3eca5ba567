// The page around the charts: each figure with its key, note and tables, the choices, the colours.

const drawnFigures = [];

/**
 * Adds a figure {title, read, uses, draw, whole} to the page; uses names the choices that it depends on, whole is one
 * as wide as the page. What draw(chart)
 * returns is {option, label, table, note, more} or {empty}; a title or a height given there replaces the usual one.
 * Files are saved under a name that begins with the page's; saves(name, figure, off, csv) arranges the button of the
 * first table with others.
 */
function addFigure(container, id, figure, { pageName, saves = null }) {
  const chart = element("div", { class: "chart", role: "img" });
  const note = element("p", { class: "note" });
  const keys = element("div", { class: "keys", role: "group", "aria-label": "Lines of the chart" });
  const off = new Set();
  let known = null;
  const details = element("div");
  const heading = element("h3", {}, figure.title);
  const node = element("figure", { class: figure.whole ? "figure whole" : "figure", id: "figure-" + id },
    heading, element("p", { class: "read" }, figure.read), keys, chart, note, details);
  container.append(node);
  const drawnFigure = { id, uses: figure.uses, chart, instance: null, update: null };
  let content = null;
  const tables = [["Data table", () => content.table], ["", () => content.more?.table]].map(([name, table], i) => {
    const summary = element("summary", {}, name);
    const box = element("div", {
      class: "scroll",
      tabindex: "0",
      role: "region",
      "aria-label": `${figure.title}, ${i === 0 ? "table" : "more"}`,
    });
    const save = saveButton(`${pageName}-${id}${i > 0 ? "-" + i : ""}`, table);
    const fold = element("details", {}, summary, box, saves && i === 0 ? null : save);
    cueScrolling(box);
    fold.addEventListener("toggle", () => fillTable());
    const fillTable = () => fold.open && table() && box.replaceChildren(tableOf(table()));
    details.append(fold);
    return { fold, summary, table, fillTable, save };
  });
  if (saves) details.append(saves(`${pageName}-${id}`, figure, off, tables[0].save));
  drawnFigure.update = () => {
    content = figure.draw(chart);
    heading.textContent = content.title ?? figure.title;
    chart.hidden = !!content.empty;
    note.textContent = content.empty ?? content.note ?? "";
    note.hidden = note.textContent === "";
    details.hidden = !!content.empty;
    if (content.empty) return;
    chart.setAttribute("aria-label", content.label);
    if (content.height) chart.style.height = `${content.height}px`;
    drawnFigure.instance ??= echarts.init(chart, null, { renderer: "svg" });
    const { keys: entries = [], ...option } = content.option;
    entries.filter(key => key.off && !known?.has(key.name)).forEach(key => off.add(key.name));
    known = new Set(entries.map(key => key.name));
    if (content.height && drawnFigure.instance.getHeight() !== content.height) drawnFigure.instance.resize();
    option.legend = {
      show: false,
      data: [...known],
      selected: Object.fromEntries([...known].map(name => [name, !off.has(name)])),
    };
    drawnFigure.instance.setOption(option, { notMerge: true });
    keys.replaceChildren(
      ...keysOf(entries, off, name => drawnFigure.instance.dispatchAction({ type: "legendToggleSelect", name })),
    );
    tables[1].fold.hidden = !content.more;
    tables[1].summary.textContent = content.more?.name ?? "";
    tables.forEach(table => table.fillTable());
  };
  drawnFigure.update();
  new ResizeObserver(() => {
    if (!drawnFigure.instance || chart.clientWidth === drawnFigure.instance.getWidth()) return;
    drawnFigure.instance.resize();
    drawnFigure.update();
  }).observe(chart);
  drawnFigures.push(drawnFigure);
}

/** Redraws what depends on a choice, or everything. */
function redraw(choice) {
  drawnFigures.filter(figure => !choice || figure.uses.includes(choice)).forEach(figure => figure.update());
}

function choose(key, value) {
  state[key] = value;
  document.querySelectorAll(`select[data-choice="${key}"]`).forEach(select => { select.value = value; });
  redraw(key);
}

function selection(key, label, choices) {
  const select = element(
    "select",
    { "data-choice": key },
    ...choices.map(([value, name]) => element("option", { value }, name)),
  );
  select.value = state[key];
  select.addEventListener("change", () => choose(key, select.value));
  return element("label", {}, label, select);
}

function themeButton() {
  const button = document.getElementById("theme");
  const names = { auto: "Colours: system", light: "Colours: light", dark: "Colours: dark" };
  const order = Object.keys(names);
  let theme = "auto";
  button.hidden = false;
  button.addEventListener("click", () => {
    theme = order[(order.indexOf(theme) + 1) % order.length];
    document.documentElement.dataset.theme = theme;
    button.textContent = names[theme];
    redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
}

/** Says above a table that it extends beyond its visible part. */
function cueScrolling(box) {
  const cue = element("p", { class: "more", "aria-hidden": "true" });
  box.before(cue);
  const show = () => {
    const beyond = [
      [box.scrollWidth > box.clientWidth + 1, "columns →"],
      [box.scrollHeight > box.clientHeight + 1, "rows ↓"],
    ]
      .filter(([goesOn]) => goesOn)
      .map(([, what]) => what);
    cue.textContent = beyond.length > 0 ? `Scroll for more ${beyond.join(" and ")}` : "";
  };
  new ResizeObserver(show).observe(box);
}

/** Fills the page's places for controls and figures, one figure at a time, so that it stays responsive. */
function fillPage(figures, controls, files) {
  themeButton();
  for (const place of document.querySelectorAll("[data-controls]")) {
    place.append(...place.dataset.controls.split(" ").flatMap(name => controls[name]()));
  }
  document.querySelectorAll("#figures .scroll").forEach(cueScrolling);
  const waiting = [...document.querySelectorAll("[data-charts]")].flatMap(place =>
    place.dataset.charts.split(" ").map(id => [place, id]),
  );
  const drawNext = () => {
    if (waiting.length === 0) {
      document.documentElement.dataset.ready = "true";
      return;
    }
    const [place, id] = waiting.shift();
    addFigure(place, id, figures[id], files);
    setTimeout(drawNext);
  };
  drawNext();
}
