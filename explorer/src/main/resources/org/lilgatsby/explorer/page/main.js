// Starts the page: which view is shown, colours, keys, and links.
import { element, saveFile } from "/charts/charts.js";
import { Address } from "./address.js";
import { ListView } from "./list.js";
import { Live } from "./live.js";
import { ManyView } from "./many.js";
import { RunView } from "./run.js";
import { pngOf, stillOf } from "./still.js";
import { SweepView } from "./sweep.js";

const VIEWS = {
  list: context => new ListView(context.main, context),
  run: context => new RunView(context.main, context),
  checkpoint: context => new RunView(context.main, { ...context, kind: "checkpoint" }),
  many: context => new ManyView(context.main, context),
  sweep: context => new SweepView(context.main, context),
};

const KEYS = [
  ["space", "play or pause"],
  [", or .", "one step back or forward"],
  ["< or >", "ten steps back or forward"],
  ["0 or $", "first or last step"],
  ["[ or ]", "previous or next event"],
  ["g", "type a step"],
  ["/", "find tokens, or filter the list"],
  ["l", "linear or logarithmic steps"],
  ["?", "these keys"],
];

const main = document.getElementById("main");
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault(); // the fragment holds the state
  main.focus();
});
const address = new Address();
const say = text => {
  document.getElementById("said").textContent = text;
};
const live = new Live(say);
let view = null;

/** Opens a view anew if it is still the one that is shown. */
function reopen(shown) {
  if (view === shown) open();
}

async function open() {
  view?.close();
  address.forget();
  main.replaceChildren();
  delete document.documentElement.dataset.ready;
  document.getElementById("where").textContent = "";
  document.title = "Lil Gatsby";
  const make = VIEWS[address.get("view", "list")] ?? VIEWS.list;
  const mine = make({ main, address, live, say, reopen });
  view = mine;
  try {
    await mine.load();
  } catch (error) {
    if (view !== mine) return;
    main.replaceChildren(
      element("h1", {}, "This cannot be shown"),
      element("p", { class: "banner" }, error.message),
      element("p", {}, element("a", { href: "#view=list" }, "All runs")),
    );
  }
  if (view === mine) document.documentElement.dataset.ready = address.get("view", "list");
}

address.listen(changed => ["view", "run", "runs", "sweep"].some(key => changed.has(key)) && open());

function themeButton() {
  const button = document.getElementById("theme");
  const names = { auto: "Colours: system", light: "Colours: light", dark: "Colours: dark" };
  const show = () => {
    const theme = address.get("theme", "auto");
    document.documentElement.dataset.theme = theme;
    button.textContent = names[theme] ?? names.auto;
    view?.redraw?.();
  };
  button.addEventListener("click", () => {
    const order = Object.keys(names);
    const next = order[(order.indexOf(address.get("theme", "auto")) + 1) % order.length];
    address.set({ theme: next === "auto" ? null : next });
  });
  address.listen(changed => changed.has("theme") && show());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => view?.redraw?.());
  show();
}

function linkButton() {
  const button = document.getElementById("link");
  button.addEventListener("click", async () => {
    const link = `${location.origin}/#${address.text()}`;
    try {
      await navigator.clipboard.writeText(link);
      say("The link is copied. It shows the same to whoever opens this explorer.");
      button.textContent = "Copied";
    } catch {
      say(link);
      button.textContent = "See the address";
    }
    setTimeout(() => {
      button.textContent = "Copy link";
    }, 2000);
  });
}

/** Saves everything in view as one picture. */
function stillButtons() {
  const name = () =>
    ["still", document.getElementById("where").textContent || "list", view?.clock ? `step-${view.clock.shown}` : ""]
      .filter(part => part !== "")
      .join("-")
      .replaceAll(/[^A-Za-z0-9.-]+/g, "-");
  document
    .getElementById("still-svg")
    .addEventListener("click", () => saveFile(`${name()}.svg`, new Blob([stillOf(main)], { type: "image/svg+xml" })));
  document.getElementById("still-png").addEventListener("click", async () => {
    try {
      saveFile(`${name()}.png`, await pngOf(stillOf(main)));
    } catch {
      say("This view is too large for one picture; save it as SVG.");
    }
  });
}

function help() {
  const box = document.getElementById("keys-help");
  const button = document.getElementById("help");
  box.append(
    element("h2", {}, "Keys"),
    element("dl", {}, ...KEYS.flatMap(([key, what]) => [element("dt", {}, key), element("dd", {}, what)])),
    element(
      "p",
      { class: "note" },
      "In the cloud: arrows move, + and − zoom, f fits all, t lists what is there. In the lattice: arrows go from " +
        "cell to cell, Enter chooses. In the genealogy: up and down go from one black hole to the next, left and " +
        "right to where its population changes, Enter chooses. In a curve: drag over steps to see them closer, " +
        "double-click to see all.",
    ),
  );
  const toggle = () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
  };
  button.addEventListener("click", toggle);
  return toggle;
}

const toggleHelp = help();

function focusOn(id) {
  document.getElementById(id)?.focus();
  document.getElementById(id)?.select?.();
}

const actions = {
  " ": clock => (clock.playing ? clock.stop() : clock.play()),
  ",": clock => clock.move(-1),
  ".": clock => clock.move(1),
  "<": clock => clock.move(-10),
  ">": clock => clock.move(10),
  0: clock => clock.go(clock.first),
  $: clock => clock.go(clock.last),
  "[": () => view.scrubber.event(-1),
  "]": () => view.scrubber.event(1),
  g: () => focusOn("step"),
  l: () => address.set({ axis: address.get("axis", "linear") === "linear" ? "logarithmic" : null }),
};

addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === " " && event.target.closest("button, summary, a")) return;
  if (event.key === "?") toggleHelp();
  else if (event.key === "/") focusOn(document.getElementById("find") ? "find" : "filter");
  else if (view?.clock && actions[event.key]) actions[event.key](view.clock);
  else return;
  event.preventDefault();
});

themeButton();
linkButton();
stillButtons();
address.keep();
open();
