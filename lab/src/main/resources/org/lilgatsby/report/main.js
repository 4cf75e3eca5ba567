// Puts the figures into the page and keeps them up to date.

const drawnFigures = [];

function addFigure(container, id) {
  const figure = figures[id];
  const chart = element("div", { class: "chart", role: "img" });
  const note = element("p", { class: "note" });
  const keys = element("div", { class: "keys", role: "group", "aria-label": "Lines of the chart" });
  const off = new Set();
  let known = null;
  const details = element("div");
  const node = element("figure", { class: "figure", id: "figure-" + id },
    element("h3", {}, figure.title), element("p", { class: "read" }, figure.read), keys, chart, note, details);
  container.append(node);
  const drawnFigure = { id, uses: figure.uses, chart, instance: null, update: null };
  let content = null;
  const tables = [["Data table", () => content.table], ["", () => content.more?.table]].map(([name, table], i) => {
    const summary = element("summary", {}, name);
    const box = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${figure.title}, ${i === 0 ? "table" : "more"}` });
    const fold = element("details", {}, summary, box, saveButton(`${findings.experiment}-${id}${i > 0 ? "-" + i : ""}`, table));
    cueScrolling(box);
    fold.addEventListener("toggle", () => fillTable());
    const fillTable = () => fold.open && table() && box.replaceChildren(tableOf(table()));
    details.append(fold);
    return { fold, summary, table, fillTable };
  });
  drawnFigure.update = () => {
    content = figure.draw(chart);
    chart.hidden = !!content.empty;
    note.textContent = content.empty ?? content.note ?? "";
    note.hidden = note.textContent === "";
    details.hidden = !!content.empty;
    if (content.empty) return;
    chart.setAttribute("aria-label", content.label);
    drawnFigure.instance ??= echarts.init(chart, null, { renderer: "svg" });
    const { keys: entries = [], ...option } = content.option;
    entries.filter(key => key.off && !known?.has(key.name)).forEach(key => off.add(key.name));
    known = new Set(entries.map(key => key.name));
    option.legend = { show: false, data: [...known], selected: Object.fromEntries([...known].map(name => [name, !off.has(name)])) };
    drawnFigure.instance.setOption(option, { notMerge: true });
    keys.replaceChildren(...keysOf(entries, off, name => drawnFigure.instance.dispatchAction({ type: "legendToggleSelect", name })));
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
  const select = element("select", { "data-choice": key }, ...choices.map(([value, name]) => element("option", { value }, name)));
  select.value = state[key];
  select.addEventListener("change", () => choose(key, select.value));
  return element("label", {}, label, select);
}

const PLAY_MILLISECONDS = 90;

function slider() {
  const last = cloud.steps.length - 1;
  const input = element("input", { type: "range", min: "0", max: String(last), step: "1", id: "step" });
  input.value = String(state.frame);
  const output = element("output", { for: "step" });
  const show = () => {
    const step = cloud.steps[state.frame];
    output.textContent = `step ${written(step)}`;
    input.setAttribute("aria-valuetext", `step ${step}`);
  };
  const go = frame => {
    state.frame = frame;
    input.value = String(frame);
    show();
    redraw("step");
  };
  input.addEventListener("input", () => go(Number(input.value)));
  const play = element("button", { type: "button" }, "Play");
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  };
  play.addEventListener("click", () => {
    if (timer !== null) return stop();
    play.textContent = "Pause";
    if (state.frame === last) go(0);
    timer = setInterval(() => (state.frame < last ? go(state.frame + 1) : stop()), PLAY_MILLISECONDS);
  });
  show();
  return [element("label", { for: "step" }, "Step"), input, output, play];
}

const controls = {
  axis: () => [selection("axis", "Steps", [["logarithmic", "logarithmic"], ["linear", "linear"]])],
  group: () => [selection("group", "Tokens", Object.entries(groups).filter(([group]) => group === "all" || present.includes(group)))],
  step: slider,
};

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

themeButton();
for (const place of document.querySelectorAll("[data-controls]")) {
  place.append(...place.dataset.controls.split(" ").flatMap(name => controls[name]()));
}
document.querySelector(".sampling").textContent = timeline.steps.length === timeline.recorded
  ? `All ${written(timeline.recorded)} recorded states are drawn.`
  : `Of ${written(timeline.recorded)} recorded states, ${written(timeline.steps.length)} are drawn, closer together where training is young and where rows split or merge. Counts, splits and mergers are complete.`;
document.querySelector(".frames").textContent = cloud.steps.length === timeline.recorded
  ? `The slider has all ${written(timeline.recorded)} recorded steps.`
  : `The slider has ${written(cloud.steps.length)} of ${written(timeline.recorded)} recorded steps, closer together where training is young and where rows split or merge.`;
const waiting = [...document.querySelectorAll("[data-charts]")].flatMap(place => place.dataset.charts.split(" ").map(id => [place, id]));

/** Says above a table that it extends beyond its visible part. */
function cueScrolling(box) {
  const cue = element("p", { class: "more", "aria-hidden": "true" });
  box.before(cue);
  const show = () => {
    const beyond = [[box.scrollWidth > box.clientWidth + 1, "columns →"], [box.scrollHeight > box.clientHeight + 1, "rows ↓"]]
      .filter(([goesOn]) => goesOn).map(([, what]) => what);
    cue.textContent = beyond.length > 0 ? `Scroll for more ${beyond.join(" and ")}` : "";
  };
  new ResizeObserver(show).observe(box);
}
document.querySelectorAll("#figures .scroll").forEach(cueScrolling);

/** One figure at a time, so that the page stays responsive. */
function drawNext() {
  if (waiting.length === 0) {
    document.documentElement.dataset.ready = "true";
    return;
  }
  addFigure(...waiting.shift());
  setTimeout(drawNext);
}
drawNext();
