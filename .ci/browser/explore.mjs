// Uses the explorer as a reader would, over a folder of runs: explore.mjs ADDRESS EMPTY-ADDRESS SWEEP-ADDRESS
// ONE-TIME-ADDRESS FOLDER. Runs are begun in FOLDER/growing and FOLDER/failing; one is stopped, and killed.
// SWEEP-ADDRESS is that of an explorer that was given the sweep without its store, ONE-TIME-ADDRESS the address that
// another opened a browser with.
// With SCREENSHOTS set to a directory, pictures of every view are left there.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { axe, check, checks, saved, soon, withBrowser } from "./browser.mjs";

const [address, emptyAddress, sweepAddress, oneTimeAddress, folder] = process.argv.slice(2);
const experiments = [
  "embedding-evolution",
  "float32-edition",
  "instrumented",
  "primordial-snowball",
  "supermassive-black-hole",
];
const COMPARED_STEPS = 10;

/** Opens the explorer and records all faults of the page. */
async function open(browser, start, fragment, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  const { origin } = new URL(start);
  page.on("pageerror", error => faults.push(`error: ${error.message}`));
  page.on("console", message => faults.push(`console: ${message.text()}`));
  page.on(
    "request",
    request =>
      !request.url().startsWith(origin) &&
      !/^(blob|data):/.test(request.url()) &&
      faults.push(`request: ${request.url()}`),
  );
  await page.goto(start);
  await page.goto(`${origin}/#${fragment}`);
  await ready(page, new URLSearchParams(fragment).get("view"));
  return { context, page, faults };
}

const ready = (page, view) => page.waitForSelector(`html[data-ready=${view}]`, { state: "attached" });

async function close(name, { context, faults }) {
  assert.deepEqual(faults, [], `${name}: nothing goes wrong, nothing is fetched from elsewhere, no message`);
  await context.close();
}

async function isWide(name, page) {
  check(
    `${name}: no horizontal scrolling`,
    await soon(() => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)),
  );
}

async function isAccessible(name, page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations
    .map(v => `${v.id}: ${v.help}\n  ${v.nodes.map(node => node.html.slice(0, 200)).join("\n  ")}`)
    .join("\n");
  check(`${name}: accessible:\n${found}`, found === "");
}

async function screenshot(page, name) {
  if (process.env.SCREENSHOTS)
    await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true });
}

const itemsOf = page =>
  page.evaluate(() =>
    fetch("/api/items")
      .then(answer => answer.json())
      .then(answer => answer.items),
  );
const cloudOf = page => page.locator(".cloud canvas").first();
const labelOf = async locator => (await locator.getAttribute("aria-label")) ?? "";

/** Whether every panel shows the clock's step. */
async function shows(page, step) {
  const written = step.toLocaleString("en-US");
  const holds = await soon(
    async () =>
      (await page.locator(".clock").getAttribute("data-step")) === String(step) &&
      (await labelOf(cloudOf(page))).includes(`at step ${written}:`) &&
      (await page.locator(".figure dl.census:not([data-token])").getAttribute("data-step")) === String(step) &&
      (await page.locator(".readout").evaluateAll(nodes => nodes.every(node => node.dataset.step !== ""))),
  );
  return holds;
}

/** The table of an analysis by lilgatsby itself: rows by step. */
function analysed(run, analysis, tokens) {
  const text = execFileSync(
    "./lilgatsby",
    ["analyze", `--analysis=${analysis}`, `--tokens=${tokens}`, "--csv", path.join(folder, run)],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const [headings, ...rows] = text
    .trim()
    .split("\n")
    .map(line => line.split(","));
  return new Map(
    rows.map(row => [
      Number(row[0]),
      Object.fromEntries(headings.map((heading, i) => [heading.replace(/ \[.*/, ""), row[i]])),
    ]),
  );
}

const plain = text => Number(text.replaceAll(",", "").replaceAll("−", "-"));
const agrees = (shown, figure) => (figure === "NaN" || figure === "" ? shown === "–" : plain(shown) === Number(figure));

async function goTo(page, step) {
  await page.locator("#step").fill(String(step));
  await page.locator("#step").press("Enter");
  check(`every view shows step ${step}`, await shows(page, step));
}

async function listWorks(browser) {
  const opened = await open(browser, address, "view=list", { bypassCSP: true });
  const { page } = opened;
  const rows = page.locator(".list tbody tr");
  await rows.first().waitFor();
  const items = await itemsOf(page);
  check("the list has every item", (await rows.count()) === items.length);
  const garbled = items.find(item => item.path.endsWith("garbled"));
  check(
    "a damaged run is in the list with a sentence",
    garbled.status === "damaged" && (await rows.filter({ hasText: garbled.fault }).count()) === 1,
  );
  const damaged = items.find(item => item.path.endsWith("damaged"));
  check(
    "a recording that is cut off is not called complete",
    damaged.status === "damaged" && damaged.fault.includes("recording.safetensors"),
  );
  await page.keyboard.press("/");
  await page.keyboard.type("instrumented");
  check("the filter leaves one", await soon(async () => (await rows.count()) === 1));
  check(
    "the filter is in the address",
    await soon(() => page.evaluate(() => location.hash.includes("filter=instrumented"))),
  );
  await page.locator("#filter").fill("");
  await page.getByRole("button", { name: "name", exact: true }).press("Enter");
  const names = () => rows.locator("th a").allTextContents();
  check(
    "the list is sorted",
    await soon(
      async () =>
        (await names()).join() ===
        [...(await names())].sort((a, b) => a.localeCompare(b, "en", { numeric: true })).join(),
    ),
  );
  const namesakes = await page.evaluate(() => fetch("/api/namesakes").then(answer => answer.json()));
  check("runs of one name differ in a setting", namesakes.some(({ settings }) => settings.length > 0));
  await page.locator("#filter").fill("store");
  const told = () => rows.filter({ hasText: "seed " }).locator(".title").allTextContents();
  check(
    "runs in a sweep's store are told apart by what varies",
    await soon(async () => {
      const texts = (await told()).map(text => text.split(" · ")[0]);
      return texts.length === 8 && new Set(texts).size === 8 && texts.every(text => /seed [1-4]/.test(text));
    }),
  );
  await screenshot(page, "list-told-apart");
  await page.locator("#filter").fill("");
  await isAccessible("list", page);
  await isWide("list", page);
  await screenshot(page, "list");
  await page.locator(`a[href="#view=run&run=${damaged.id}"]`).focus();
  await page.keyboard.press("Enter");
  await ready(page, "run");
  check(
    "a damaged recording is a sentence, no blank page",
    (await page.locator("main").innerText()).includes("cannot be shown") &&
      (await page.locator(".banner").innerText()).length > 20,
  );
  check(
    "the browser says that one answer was an error",
    opened.faults.splice(0).every(fault => /^console: Failed to load resource.*500/.test(fault)),
  );
  await close("list", opened);
  return items;
}

async function figuresAgree(browser, items, experiment) {
  const { id, recordedSteps } = items.find(item => item.path === path.join(folder, experiment));
  const opened = await open(browser, address, `view=run&run=${id}`);
  const { page } = opened;
  check(`${experiment}: drawn at its last step`, await shows(page, recordedSteps));
  const census = analysed(experiment, "census", "all");
  const motion = analysed(experiment, "step-sizes", "dead");
  const steps = [...census.keys()].sort(() => Math.random() - 0.5).slice(0, COMPARED_STEPS);
  for (const step of steps) {
    await goTo(page, step);
    for (const [figure, value] of Object.entries(census.get(step)).filter(([name]) => name !== "step")) {
      const shown = await page.locator(`[data-figure="${figure}"]`).textContent();
      check(`${experiment}, step ${step}: ${figure} is ${shown}, by analyze ${value}`, agrees(shown, value));
    }
    const readout = await page
      .locator(".figure", { has: page.getByRole("heading", { name: /^step-sizes: max$/ }) })
      .locator(".key", { hasText: "dead" })
      .locator(".readout")
      .textContent();
    check(
      `${experiment}, step ${step}: largest step of dead tokens is ${readout}, by analyze ${motion.get(step).max}`,
      agrees(readout, motion.get(step).max),
    );
  }
  for (const title of ["Cells from the medoid", "Distances in cells", "Genealogy of black holes"]) {
    const figure = page.locator(".figure", { has: page.getByRole("heading", { name: title }) });
    check(
      `${experiment}: ${title} is drawn or says why not`,
      await soon(async () => {
        const note = await figure.locator(".note").last().textContent();
        return note.length > 10 && !/^(Analysing|Loading)/.test(note);
      }),
    );
  }
  await close(experiment, opened);
}

/** Counts what is asked of views below the fold while the clock plays. */
async function playsWhatIsSeen(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "float32-edition"));
  const opened = await open(browser, address, `view=run&run=${id}&step=0`, { viewport: { width: 1280, height: 500 } });
  const { page } = opened;
  const census = page.locator("dl.census").first();
  const lattice = page.locator(".lattice .note");
  check("the census is there", await soon(async () => (await census.getAttribute("data-step")) === "0"));
  check(
    "the lattice is there",
    await soon(async () => (await lattice.filter({ hasText: "at step 0:" }).count()) === 2),
  );
  const asked = [];
  page.on("request", request => {
    const { pathname, searchParams } = new URL(request.url());
    if (/\/(census|lattice)$/.test(pathname)) asked.push(`${pathname.split("/").at(-1)} ${searchParams.get("step")}`);
  });
  await page.locator("#main").focus();
  await page.keyboard.press(" ");
  check("it plays to the end", await shows(page, 60));
  check("then the census follows", await soon(async () => (await census.getAttribute("data-step")) === "60"));
  check(
    "and the lattice",
    await soon(async () => (await lattice.filter({ hasText: "at step 60:" }).count()) === 2),
  );
  assert.deepEqual(asked.sort(), ["census 60", "lattice 60"], "what nobody sees is asked for once it stands");
  await close("playing", opened);
}

async function keyboardIsEnough(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "instrumented"));
  const opened = await open(browser, address, `view=run&run=${id}`);
  const { page } = opened;
  check("drawn", await shows(page, 60));
  await page.locator("#main").focus();
  for (const [key, step] of [
    [",", 59],
    ["<", 49],
    [".", 50],
    ["0", 0],
    ["$", 60],
  ]) {
    await page.keyboard.press(key);
    check(`${key} leads to step ${step}`, await shows(page, step));
  }
  await page.keyboard.press("[");
  check("[ leads to an event", await soon(async () => (await page.locator(".clock .event").textContent()).length > 5));
  await page.keyboard.press("g");
  await page.keyboard.type("30");
  await page.keyboard.press("Enter");
  check("a step can be typed", await shows(page, 30));
  await page.locator("#scrubber").focus();
  await page.keyboard.press("ArrowRight");
  check("arrows move the scrubber", await shows(page, 31));
  await page.keyboard.press("Home");
  check("Home leads to the first step", await shows(page, 0));
  await page.locator("#main").focus();
  await page.keyboard.press(" ");
  check(
    "space plays to the end",
    await soon(async () => (await page.locator(".clock").getAttribute("data-step")) === "60"),
  );
  check(
    "it stops there",
    await soon(async () => (await page.getByRole("button", { name: "Play or pause" }).textContent()) === "Play"),
  );
  await page.keyboard.press("l");
  check(
    "l makes the steps logarithmic",
    await page.evaluate(
      () => document.querySelector("[aria-label='Steps, linear or logarithmic']").value === "logarithmic",
    ),
  );
  await page.keyboard.press("/");
  await page.keyboard.type("5 65");
  await page.keyboard.press("Enter");
  check(
    "tokens are found and chosen",
    await soon(async () => (await page.locator(".chosen").textContent()).includes("65 A")),
  );
  check(
    "their lives are shown",
    await soon(async () => (await page.locator(".token h3").allTextContents()).includes("65 A")),
  );
  const before = await page.evaluate(() => location.hash);
  await cloudOf(page).focus();
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowLeft");
  check(
    "the cloud is moved by keys",
    await soon(() => page.evaluate(hash => location.hash !== hash && location.hash.includes("zoom="), before)),
  );
  await page.keyboard.press("f");
  await page.keyboard.press("t");
  const marks = page.locator(".picker .group");
  check("what is in the cloud can be listed", await soon(async () => (await marks.count()) > 10));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  check("and picked", await soon(async () => (await page.locator(".chosen").textContent()) !== "Chosen: 5 ENQ, 65 A"));
  await page.keyboard.press("Escape");
  check("Escape closes the list", await soon(() => page.locator(".picker").isHidden()));
  check("focus is seen", await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle === "solid"));
  await close("keyboard", opened);
}

/** Components of a token: hexadecimal digits and numbers are the same bits. */
async function componentsAreBits(page) {
  const cells = await page
    .locator(".token details[data-token='65'] tbody tr")
    .evaluateAll(rows => rows.map(row => [row.cells[1].textContent, row.cells[2].textContent]));
  check("every component is there", cells.length === 64);
  const view = new DataView(new ArrayBuffer(4));
  for (const [hex, number] of cells) {
    view.setUint32(0, parseInt(hex, 16) * 65536);
    check(`${hex} is ${number}`, view.getFloat32(0) === plain(number));
  }
}

async function pointerWorks(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "instrumented"));
  const fragment = `view=run&run=${id}&step=20&tokens=65&trail=30&colour=norm&marks=names`;
  const opened = await open(browser, address, fragment);
  const { page } = opened;
  check("a link leads to its step", await shows(page, 20));
  check(
    "its tokens are chosen",
    await soon(async () => (await page.locator(".token h3").allTextContents()).join() === "65 A"),
  );
  await page.locator(".token details[data-token='65']").evaluate(node => {
    node.open = true;
  });
  await componentsAreBits(page);
  const chart = page.locator(".figures .chart").nth(1);
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + 62 + 3, box.y + 100);
  check(
    "hovering a curve shows that step in the cloud",
    await soon(async () => /at step [0-3]:/.test(await labelOf(cloudOf(page)))),
  );
  await page.mouse.move(box.x + 62, box.y - 30);
  check("and leaving it returns", await shows(page, 20));
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 160, box.y + 100, { steps: 4 });
  await page.mouse.up();
  check("dragging over a curve zooms", await soon(() => page.evaluate(() => /from=\d+.*to=\d+/.test(location.hash))));
  await page.getByRole("button", { name: "Whole run" }).click();
  const cloud = cloudOf(page);
  await cloud.scrollIntoViewIfNeeded();
  await page.getByRole("button", { name: "Lasso" }).click();
  const area = await cloud.boundingBox();
  await page.mouse.move(area.x + 2, area.y + 2);
  await page.mouse.down();
  for (const [x, y] of [
    [area.width - 2, 2],
    [area.width - 2, area.height - 2],
    [2, area.height - 2],
  ])
    await page.mouse.move(area.x + x, area.y + y, { steps: 3 });
  await page.mouse.up();
  check(
    "the lasso chooses all",
    await soon(async () => (await page.locator(".chosen").textContent()).includes("more")),
  );
  for (const choice of ["whole", "initial", "following", "step", "components"]) {
    await page.getByLabel("Plane").selectOption(choice);
    check(
      `plane ${choice} is drawn`,
      await soon(
        async () => (await page.locator(".cloud.late").count()) === 0 && (await labelOf(cloud)).includes("at step 20:"),
      ),
    );
  }
  for (const choice of ["group", "step2", "regime", "state"]) {
    await page.getByLabel("Colour by").selectOption(choice);
    check(
      `colour by ${choice} is drawn`,
      await soon(
        async () => (await page.locator(".cloud.late").count()) === 0 && (await labelOf(cloud)).includes("at step 20:"),
      ),
    );
  }
  const figure = page.locator(".figure.cloud");
  const svg = await readFile(await (await saved(page, figure.getByRole("button", { name: "SVG" }))).path(), "utf8");
  check(
    "the SVG is a picture",
    await page.evaluate(
      text => new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("circle, text").length > 20,
      svg,
    ),
  );
  const png = await readFile(await (await saved(page, figure.getByRole("button", { name: "PNG" }))).path());
  check("the PNG is a picture", png.subarray(1, 4).toString() === "PNG" && png.length > 5000);
  const csv = await readFile(await (await saved(page, figure.getByRole("button", { name: "CSV" }))).path(), "utf8");
  const distinct = Number((await labelOf(cloud)).match(/: ([\d,]+) distinct/)[1].replaceAll(",", ""));
  check("the CSV has every mark", csv.trim().split("\r\n").length === distinct + 1);
  const curve = page.locator(".figures .figure").nth(1);
  check(
    "a curve is saved as SVG",
    (await readFile(await (await saved(page, curve.getByRole("button", { name: "SVG" }))).path(), "utf8")).startsWith(
      "<svg",
    ),
  );
  check(
    "a curve is saved as CSV",
    (await readFile(await (await saved(page, curve.getByRole("button", { name: "CSV" }))).path(), "utf8"))
      .trim()
      .split("\r\n").length === 62,
  );
  await close("pointer", opened);
}

/** What somebody else's link says is what controls say, also where the page is open already. */
async function addressMovesControls(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "instrumented"));
  const opened = await open(browser, address, `view=run&run=${id}&step=20&tokens=5,64-66`);
  const { page } = opened;
  check("a link leads to its step", await shows(page, 20));
  check(
    "a range of tokens is chosen",
    await soon(async () => (await page.locator(".chosen").textContent()).includes("64 @, 65 A, 66 B")),
  );
  const wanted = "colour=norm&marks=dots&trail=30&axes=follow&projection=components:3,4&of=live&rows=holes";
  await page.evaluate(more => {
    location.hash += `&${more}`;
  }, wanted);
  for (const [label, value] of [
    ["Colour by", "norm"],
    ["Marks", "dots"],
    ["Trails", "30"],
    ["Axes", "follow"],
    ["Plane", "components"],
    ["First component", "3"],
    ["Second component", "4"],
    ["Tokens", "live"],
    ["Rows of the lattice", "holes"],
  ])
    check(
      `${label} is ${value}, as the address says`,
      await soon(async () => (await page.getByLabel(label, { exact: true }).inputValue()) === value),
    );
  await page.getByLabel("Tokens", { exact: true }).selectOption("all");
  const lattice = page.locator(".lattice .note").filter({ hasText: "tokens at step" }).first();
  check(
    "black holes of all tokens are on the lattice",
    await soon(async () => /^All tokens at step 20: \d+ black holes?;/.test(await lattice.textContent())),
  );
  await page.getByLabel("Rows of the lattice").selectOption("chosen");
  check(
    "chosen tokens are on the lattice",
    await soon(async () => (await lattice.textContent()).startsWith("Chosen tokens at step 20:")),
  );
  await page.locator("a.skip").focus();
  await page.keyboard.press("Enter");
  check("skipping leads to the content", await page.evaluate(() => document.activeElement.id === "main"));
  check("and keeps the state", await page.evaluate(run => location.hash.includes(run), id));
  const figure = page.locator(".figure", { has: page.getByRole("heading", { name: /^step-sizes: max$/ }) });
  await figure.locator("summary").press("Enter");
  const motion = analysed("instrumented", "step-sizes", "dead");
  const row = figure.locator("tbody tr").nth(7);
  await row.waitFor();
  const [step, dead] = await row.locator("td").allTextContents();
  check(
    `the table says ${dead} at step ${step}, by analyze ${motion.get(plain(step)).max}`,
    agrees(dead, motion.get(plain(step)).max),
  );
  await close("address", opened);
}

/** Runs that are chosen in the list stay so. */
async function chosenRunsStay(browser) {
  const opened = await open(browser, address, "view=list");
  const { page } = opened;
  const boxes = page.locator(".list input[type=checkbox]:enabled");
  await boxes.first().waitFor();
  for (const at of [0, 1]) await boxes.nth(at).check();
  check("chosen runs are in the address", await soon(() => page.evaluate(() => /chosen=\w+,\w+/.test(location.hash))));
  await page.reload();
  await ready(page, "list");
  check(
    "and chosen again with it",
    await soon(async () => (await page.locator(".list input:checked").count()) === 2),
  );
  await close("chosen runs", opened);
}

async function fitsEverywhere(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "instrumented"));
  const sweep = items.find(item => item.kind === "sweep");
  for (const width of [390, 1280, 2560]) {
    for (const colorScheme of ["light", "dark"]) {
      for (const [view, fragment] of [
        ["run", `view=run&run=${id}&step=30&tokens=5,65`],
        ["list", "view=list"],
        ["sweep", `view=sweep&sweep=${sweep.id}`],
      ]) {
        const name = `${view}, ${width} px, ${colorScheme}`;
        const opened = await open(browser, address, fragment, {
          viewport: { width, height: 900 },
          colorScheme,
          reducedMotion: "reduce",
          bypassCSP: true,
        });
        if (view === "run") {
          check(`${name}: drawn`, await shows(opened.page, 30));
          check(
            `${name}: lives are drawn`,
            await soon(async () => (await opened.page.locator(".token").count()) === 2),
          );
        }
        await isWide(name, opened.page);
        if (view === "run" || width === 390) await isAccessible(name, opened.page);
        await screenshot(opened.page, `${view}-${width}-${colorScheme}`);
        await close(name, opened);
      }
    }
  }
}

async function runsAreCompared(browser, items) {
  const sweep = items.find(item => item.kind === "sweep");
  const opened = await open(browser, address, `view=sweep&sweep=${sweep.id}`, { bypassCSP: true });
  const { page } = opened;
  check("the sweep lists its runs", (await page.locator(".list tbody tr").count()) === 8);
  await page.getByRole("button", { name: "Compare all 8" }).press("Enter");
  await ready(page, "many");
  check(
    "settings that differ are listed",
    await soon(async () => (await page.locator("section.card tbody").innerText()).includes("initialization.mode")),
  );
  check(
    "where runs part is said",
    await soon(
      async () =>
        (await page.locator(".parting li").count()) === 7 &&
        (await page.locator(".parting").innerText()).match(/first differs at step \d+/g)?.length === 7,
    ),
  );
  const labels = () =>
    page.locator(".multiples canvas").evaluateAll(nodes => nodes.map(node => node.getAttribute("aria-label")));
  check(
    "every run has its cloud",
    await soon(async () => (await labels()).filter(label => label.includes("at step 20:")).length === 8),
  );
  check(
    "clouds are of the tokens that the curves are of",
    (await labels()).every(label => label.startsWith("Cloud of 51 rows")),
  );
  await page.keyboard.press("0");
  check(
    "all clouds go with one clock",
    await soon(async () => (await labels()).filter(label => label.includes("at step 0:")).length === 8),
  );
  check(
    "curves lie over each other",
    await soon(async () => (await page.locator(".figures .figure").nth(1).locator(".key").count()) === 8),
  );
  await isAccessible("many runs", page);
  await isWide("many runs", page);
  await screenshot(page, "many");
  await page.locator("#as").selectOption("ribbon");
  check(
    "ribbons are drawn",
    await soon(async () => /median [\d.,−]+, from/.test(await page.locator(".figures").innerText())),
  );
  await close("many runs", opened);
}

/** Events, lattice and genealogy without a pointer. */
async function viewsHaveKeys(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "instrumented"));
  const opened = await open(browser, address, `view=run&run=${id}&step=60`, { bypassCSP: true });
  const { page } = opened;
  check("drawn", await shows(page, 60));
  const events = page.locator(".figure", { has: page.getByRole("heading", { name: "Events", exact: true }) });
  const rows = events.locator("tbody tr");
  check("events are a table", await soon(async () => (await rows.count()) > 0));
  const marks = await page.evaluate(
    run => fetch(`/api/runs/${run}/marks?of=dead`).then(answer => answer.json()),
    id,
  );
  check("it has every event", (await rows.count()) === Math.min(100, marks.length));
  const mergers = marks.filter(mark => mark.kind === "merger").length;
  check(
    "their numbers are those of the marks",
    (await events.locator(".note").textContent()).includes(`${mergers} merger`),
  );
  await rows.first().locator("button").focus();
  await page.keyboard.press("Enter");
  check("an event leads to its step", await shows(page, marks[0].step));
  check("and is marked", await soon(async () => (await rows.first().getAttribute("aria-current")) === "step"));
  const file = await readFile(await (await saved(page, events.getByRole("button", { name: "CSV" }))).path(), "utf8");
  check("the CSV has every event", file.trim().split("\r\n").length === marks.length + 1);
  await events.getByLabel("Kind of event").selectOption("last");
  const ends = marks.filter(mark => mark.kind.startsWith("last")).length;
  check("a kind of events can be shown alone", await soon(async () => (await rows.count()) === ends));
  check("which is kept in the address", await soon(() => page.evaluate(() => location.hash.includes("events=last"))));

  const lattice = page.locator(".lattice canvas").first();
  const spoken = canvas => canvas.locator("xpath=..").locator("p[role=status]").textContent();
  await lattice.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const table = await page.evaluate(
    run => fetch(`/api/runs/${run}/lattice?of=dead&step=${document.querySelector(".clock").dataset.step}`)
      .then(answer => answer.json()),
    id,
  );
  const cells = table.cells[1].at(-1);
  check(
    "the lattice is read by keys",
    await soon(async () =>
      new RegExp(`^${table.rows[1].id}\\b.*, component 63: ${cells.toLocaleString("en-US")} cells?$`).test(
        await spoken(lattice),
      ),
    ),
  );
  check(
    "focus is seen on it",
    await lattice.evaluate(node => getComputedStyle(node).outlineStyle === "solid"),
  );
  await page.keyboard.press("Enter");
  check(
    "and rows are chosen",
    await soon(async () => (await page.locator(".chosen").textContent()).includes(`${table.rows[1].id}`)),
  );
  const genealogy = page
    .locator(".figure", { has: page.getByRole("heading", { name: "Genealogy of black holes" }) })
    .locator("canvas");
  await genealogy.focus();
  const band = await spoken(genealogy);
  check("a black hole is read", /^Step \d+: \d+ tokens?; this black hole lasts from \d+ to \d+/.test(band));
  await page.keyboard.press("ArrowDown");
  check("the next one too", await soon(async () => (await spoken(genealogy)) !== band));
  await page.keyboard.press("ArrowLeft");
  const [, step] = /^Step ([\d,]+):/.exec(await spoken(genealogy));
  check("a change of its population is gone to", await shows(page, plain(step)));
  await page.keyboard.press("Enter");
  const [, tokens] = /at most \d+: (.*)$/.exec(await spoken(genealogy));
  check(
    "its tokens are chosen",
    await soon(async () => (await page.locator(".chosen").textContent()).includes(tokens.split(",")[0])),
  );
  await isAccessible("keys", page);
  await screenshot(page, "keys");
  await close("keys", opened);
}

/** What a link says of hidden lines and of the steps in view is what charts show; a loss is said with its step. */
async function chartsFollowTheAddress(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "float32-edition"));
  const opened = await open(browser, address, `view=run&run=${id}&step=35&tokens=5,65&from=20&to=40`);
  const { page } = opened;
  check("drawn", await shows(page, 35));
  const loss = page.locator(".figure", { has: page.getByRole("heading", { name: "loss", exact: true }) });
  const { curves } = await page.evaluate(
    run => fetch(`/api/runs/${run}/curves?names=loss&from=0&to=60&points=100`).then(answer => answer.json()),
    id,
  );
  const readout = async () => (await loss.locator(".readout").textContent()).replaceAll(",", "");
  check(
    "the last known loss is said, and of which step",
    await soon(async () => {
      const at = curves.loss.steps.findLastIndex(step => step <= 35);
      return (await readout()) === `${curves.loss.values[at]} at step ${curves.loss.steps[at]}`;
    }),
  );
  await goTo(page, 0);
  check("or that it is not recorded", await soon(async () => (await readout()) === "not recorded at this step"));
  const strip = page
    .locator(".figure", { has: page.getByRole("heading", { name: "Regimes", exact: true }) })
    .locator("canvas");
  for (const canvas of [strip, page.locator(".figure.wide canvas").first()]) {
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    await page.mouse.move(box.x + box.width / 2 + 40, box.y + 15);
    check(
      "the middle of a chart over time is that of the steps in view",
      await soon(async () => {
        const step = Number(await page.locator(".clock").getAttribute("data-step"));
        return step > 29 && step < 40;
      }),
    );
    await page.mouse.move(box.x + box.width / 2, box.y - 60);
  }
  const line = page.locator(".figure", { has: page.getByRole("heading", { name: /^step-sizes: max$/ }) });
  const live = line.locator("button.key", { hasText: "live" });
  await live.press("Enter");
  check("a line is hidden", (await live.getAttribute("aria-pressed")) === "false");
  check(
    "which the address says",
    await soon(() => page.evaluate(() => /hidden=step-sizes.max(~|%7E)live/.test(location.hash))),
  );
  await page.reload();
  await ready(page, "run");
  check("it stays hidden", await soon(async () => (await live.getAttribute("aria-pressed")) === "false"));
  await page.evaluate(() => {
    location.hash = location.hash.replace(/&hidden=[^&]*/, "");
  });
  check(
    "until the address says otherwise",
    await soon(async () => (await live.getAttribute("aria-pressed")) === "true"),
  );
  await close("charts and address", opened);
}

/** However far down a small screen is, the clock is there, and is no more than a strip. */
async function clockStays(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "instrumented"));
  const opened = await open(browser, address, `view=run&run=${id}&step=20`, { viewport: { width: 390, height: 844 } });
  const { page } = opened;
  check("drawn", await shows(page, 20));
  await page.evaluate(() => scrollTo(0, 3000));
  const box = await page.locator(".clock").boundingBox();
  check(`the clock is at the top, ${box.height} px high`, Math.abs(box.y) < 1 && box.height < 130);
  await page.getByRole("button", { name: "One step forward" }).click();
  check("and can be pressed", await shows(page, 21));
  await screenshot(page, "clock-390");
  await close("clock on a small screen", opened);
}

/** A sweep has no table of runs before its end; it comes by itself. */
async function waitingSweepSaysSo(browser) {
  const waiting = path.join(folder, "waiting");
  await mkdir(waiting);
  await copyFile(path.join(folder, "sweep", "sweep.yaml"), path.join(waiting, "sweep.yaml"));
  const opened = await open(browser, address, "view=list", { bypassCSP: true });
  const { page } = opened;
  const item = async () => (await itemsOf(page)).find(each => each.path === waiting);
  check("a sweep without a table of runs is listed", await soon(async () => (await item())?.status === "no tables"));
  await page.goto(`${new URL(address).origin}/#view=sweep&sweep=${(await item()).id}`);
  await ready(page, "sweep");
  check(
    "it says that it has none yet",
    await soon(async () => (await page.locator(".standing").textContent()).includes("no table of its runs yet")),
  );
  await isAccessible("a waiting sweep", page);
  await copyFile(path.join(folder, "sweep", "runs.csv"), path.join(waiting, "runs.csv"));
  check("and shows it once it is there", await soon(async () => (await page.locator(".list tbody tr").count()) === 8));
  await close("waiting sweep", opened);
  await rm(waiting, { recursive: true });
}

/** Runs of a sweep are chosen by filter and box, and stay so. */
async function sweepIsChosenFrom(browser, items) {
  const sweep = items.find(item => item.kind === "sweep");
  const opened = await open(browser, address, `view=sweep&sweep=${sweep.id}`, { bypassCSP: true });
  const { page } = opened;
  const rows = page.locator(".list tbody tr");
  await page.locator("#filter").fill("mode:unit-noise");
  check("the filter leaves half of the runs", await soon(async () => (await rows.count()) === 4));
  check("as many are compared", await page.getByRole("button", { name: "Compare 4 runs" }).isEnabled());
  await page.getByRole("button", { name: "seed" }).press("Enter");
  await page.getByRole("button", { name: "seed" }).press("Enter");
  for (const at of [0, 1]) await rows.nth(at).getByRole("checkbox").check();
  const wanted = ["filter=mode:unit-noise", "sort=seed", "order=down", "chosen="];
  check(
    "filter, order and choice are in the address",
    await soon(() => page.evaluate(parts => parts.every(part => location.hash.includes(part)), wanted)),
  );
  await page.reload();
  await ready(page, "sweep");
  check("and shown again with it", (await rows.locator("input:checked").count()) === 2);
  check(
    "in their order",
    (await page.locator("th[aria-sort=descending]").textContent()) === "seed" && (await rows.count()) === 4,
  );
  await isAccessible("choosing in a sweep", page);
  await screenshot(page, "sweep-chosen");
  await page.getByRole("button", { name: "Compare 2 runs" }).press("Enter");
  await ready(page, "many");
  check("two runs are compared", (await page.locator("h1").textContent()) === "2 runs on one clock");
  await close("choosing in a sweep", opened);
}

async function checkpointIsDrawn(browser, items) {
  const { id } = items.find(item => item.path === path.join(folder, "checkpoint"));
  const opened = await open(browser, address, `view=checkpoint&run=${id}&tokens=65`, { bypassCSP: true });
  const { page } = opened;
  check("a checkpoint has its cloud", await soon(async () => /^Cloud of 128 rows/.test(await labelOf(cloudOf(page)))));
  check(
    "and its tokens' components",
    await soon(async () => (await page.locator(".token details[data-token='65'] tbody tr").count()) === 64),
  );
  check("its clock is not shown", await page.locator(".clock").isHidden());
  const text = await page.locator("main").innerText();
  check("nothing is said of steps, or of tokens that live", !/at step|step 0|\blive\b/i.test(text));
  await isAccessible("checkpoint", page);
  await close("checkpoint", opened);
}

/** Starts a small run, which is in a folder of its name. */
function train(name, steps, ...settings) {
  const given = ["training.batch=1", "model.context=32", ...settings].flatMap(setting => ["--set", setting]);
  const out = path.join(folder, name);
  return spawn("./lilgatsby", ["run", "float32-edition", "--steps", String(steps), ...given, "--out", out], {
    stdio: "ignore",
  });
}

async function growingRunMoves(browser) {
  const opened = await open(browser, address, "view=list");
  const { page } = opened;
  const run = train("growing", 1000000);
  try {
    const row = page.locator(".list tbody tr", { hasText: "under way" });
    check("a run that begins appears by itself", await soon(async () => (await row.count()) === 1));
    await row.locator("a").press("Enter");
    await ready(page, "run");
    await page.waitForSelector(".standing");
    await movesUntilKilled(page, run);
  } finally {
    run.kill("SIGKILL");
  }
  await close("growing", opened);
}

/** Whether something in colour is drawn on a canvas: axes and their labels are grey. */
function coloured(canvas) {
  return canvas.evaluate(node => {
    const { data } = node.getContext("2d").getImageData(0, 0, node.width, node.height);
    for (let i = 0; i < data.length; i += 4) {
      const [red, green, blue, alpha] = data.slice(i, i + 4);
      if (alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 80) return true;
    }
    return false;
  });
}

/** Counts what a hidden page asks for while a run records some ten states more. */
async function asksNothingWhileHidden(page, step) {
  const hide = hidden =>
    page.evaluate(now => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => now });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  const recorded = async () => Number(await readFile(path.join(folder, "growing", "recording.progress"), "utf8"));
  const open = new Set();
  const asks = request => open.add(request);
  const ended = request => open.delete(request);
  page.on("request", asks).on("requestfinished", ended).on("requestfailed", ended);
  await hide(true);
  for (let i = 0; i < 3; i++) {
    // what came before is drawn, and may ask once more
    await page.evaluate(() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    check("what was asked before is answered", await soon(() => open.size === 0));
  }
  page.off("request", asks).off("requestfinished", ended).off("requestfailed", ended);
  const before = await step();
  const asked = [];
  const note = request => asked.push(request.url());
  page.on("request", note);
  const rows = await recorded();
  check("a run does not wait for a page", await soon(async () => (await recorded()) >= rows + 10));
  assert.deepEqual(asked, [], "a hidden page asks for nothing");
  page.off("request", note);
  await hide(false);
  check("seen again, it moves on", await soon(async () => (await step()) >= before + 10));
}

async function movesUntilKilled(page, run) {
  const step = async () => Number(await page.locator(".clock").getAttribute("data-step"));
  check(
    "a run under way says so",
    await soon(async () => (await page.locator(".standing").innerText()).startsWith("Under way: step")),
  );
  const first = await step();
  check("it moves by itself", await soon(async () => (await step()) > first));
  check(
    "and its cloud with it",
    await soon(async () => !(await labelOf(cloudOf(page))).includes(`at step ${first.toLocaleString("en-US")}:`)),
  );
  check(
    "its loss is that of the last seconds, though it records none",
    await soon(async () => /loss \d/.test(await page.locator(".standing").innerText())),
  );
  await asksNothingWhileHidden(page, step);
  process.kill(run.pid, "SIGSTOP");
  check(
    "a run that stands still says so",
    await soon(async () => (await page.locator(".standing").innerText()).includes("no step for")),
  );
  check("its clock is there", await page.locator(".clock").isVisible());
  check("its newest rows are in view", await soon(() => coloured(cloudOf(page))));
  await screenshot(page, "still-standing");
  run.kill("SIGKILL");
  check(
    "a killed run says so",
    await soon(async () => (await page.locator(".standing").innerText()).startsWith("Interrupted")),
  );
  await screenshot(page, "killed");
  await page.keyboard.press("0");
  check("what it recorded is there", await soon(async () => (await labelOf(cloudOf(page))).includes("at step 0:")));
}

/** Weight decay multiplies W by a million, so that the loss is NaN after two steps. */
async function failingRunSaysSo(browser) {
  const opened = await open(browser, address, "view=list");
  const { page } = opened;
  const run = train("failing", 100000, "training.learning_rate=1000", "training.weight_decay=1000");
  const ended = new Promise(resolve => run.on("exit", resolve));
  try {
    const item = async () => (await itemsOf(page)).find(({ path: at }) => at === path.join(folder, "failing"));
    check("a run that fails is in the list as failed", await soon(async () => (await item())?.status === "failed"));
    check("it ended by itself", (await ended) === 1);
    const { id } = await item();
    await page.goto(`${new URL(address).origin}/#view=run&run=${id}`);
    check(
      "a failed run says so",
      await soon(async () => (await page.locator(".standing").innerText()).startsWith("Failed")),
    );
    await screenshot(page, "failed");
  } finally {
    run.kill("SIGKILL");
  }
  await close("failing", opened);
}

/** A process holds it, but nothing is recorded yet; then the first state comes. */
async function beginningRunSaysSo(browser) {
  const begun = path.join(folder, "begun");
  const progress = await readFile(path.join(begun, "recording.progress"), "utf8");
  await rm(path.join(begun, "recording.progress"));
  await writeFile(path.join(begun, "run.lock"), `process ${process.pid}\n`);
  const opened = await open(browser, address, "view=list", { bypassCSP: true });
  const { page } = opened;
  let id;
  check(
    "a run that begins is listed",
    await soon(async () => {
      const item = (await itemsOf(page)).find(each => each.path === begun);
      id = item?.id;
      return item?.status === "under way";
    }),
  );
  await page.goto(`${new URL(address).origin}/#view=run&run=${id}`);
  check(
    "it says that it begins",
    await soon(async () => (await page.locator("main").innerText()).includes("This run is starting")),
  );
  await isAccessible("a run that begins", page);
  await screenshot(page, "begins");
  await writeFile(path.join(begun, "recording.progress"), progress);
  check(
    "its first state appears by itself",
    await soon(
      async () =>
        (await page.locator(".cloud canvas").count()) === 1 && /at step \d+:/.test(await labelOf(cloudOf(page))),
    ),
  );
  await writeFile(path.join(begun, "run.lock"), "");
  await close("begins", opened);
}

async function stillShowsEverything(browser, items) {
  for (const [view, fragment] of [
    ["run", `view=run&run=${items.find(item => item.path === path.join(folder, "instrumented")).id}&step=30&tokens=65`],
    ["list", "view=list"],
  ]) {
    const opened = await open(browser, address, fragment);
    const { page } = opened;
    if (view === "run") {
      check("drawn for the still", await shows(page, 30));
      check("its life is drawn", await soon(async () => (await page.locator(".token").count()) === 1));
      check("its charts are drawn", await soon(async () => (await page.locator(".figure canvas:visible").count()) > 8));
    }
    const drawn = await page.locator(".figure canvas:visible").count();
    const download = await saved(page, page.getByRole("button", { name: "Save a still as SVG" }));
    check(`${view}: the still is named`, /^still-.*\.svg$/.test(download.suggestedFilename()));
    const svg = await readFile(await download.path(), "utf8");
    const blank = await opened.context.newPage(); // where styles in a file are allowed
    const found = await blank.evaluate(text => {
      const still = new DOMParser().parseFromString(text, "image/svg+xml");
      return {
        text: still.documentElement.textContent,
        pictures: still.querySelectorAll("svg svg").length,
        wrong: still.querySelectorAll("parsererror").length,
      };
    }, svg);
    await blank.close();
    check(`${view}: the still is SVG`, found.wrong === 0 && svg.startsWith("<svg"));
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll("main h1, main h3, .standing, .census dd, .list th a")]
        .filter(node => node.checkVisibility())
        .map(node => node.textContent.trim())
        .filter(text => text !== ""),
    );
    const lost = shown.filter(text => !found.text.replaceAll(/\s+/g, "").includes(text.replaceAll(/\s+/g, "")));
    check(`${view}: the still has every heading and figure in view, but for ${lost.join(" | ")}`, lost.length === 0);
    check(`${view}: the still has every chart`, view === "list" || found.pictures >= drawn);
    const png = await readFile(
      await (await saved(page, page.getByRole("button", { name: "Save a still as PNG" }))).path(),
    );
    check(`${view}: the still is saved as PNG`, png.subarray(1, 4).toString() === "PNG" && png.length > 20000);
    if (process.env.SCREENSHOTS)
      await Promise.all([
        writeFile(path.join(process.env.SCREENSHOTS, `saved-${view}.svg`), svg),
        writeFile(path.join(process.env.SCREENSHOTS, `saved-${view}.png`), png),
      ]);
    await close(`still of ${view}`, opened);
  }
}

/** A sweep whose store was not given. */
async function absentStoreIsNamed(browser) {
  const opened = await open(browser, sweepAddress, "view=list");
  const { page } = opened;
  const [{ id }] = await itemsOf(page);
  await page.goto(`${new URL(sweepAddress).origin}/#view=sweep&sweep=${id}`);
  check(
    "the page says which folder to give",
    await soon(async () =>
      new RegExp(`lilgatsby explore \\S*sweep ${path.join(folder, "store")}`).test(
        await page.locator(".standing").innerText(),
      ),
    ),
  );
  await close("absent store", opened);
}

/** What a browser was opened with lets in one browser, once, and holds no access key. */
async function oneTimeAddressWorksOnce(browser) {
  const { origin } = new URL(oneTimeAddress);
  check("the browser is opened without the access key", new URL(oneTimeAddress).searchParams.get("key") === null);
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  const page = await first.newPage();
  await page.goto(oneTimeAddress);
  check(
    "it shows the list",
    await soon(async () => (await page.locator("h1").textContent()) === "Runs, sweeps and checkpoints"),
  );
  check("its address is plain", page.url().startsWith(`${origin}/`) && !page.url().includes("code="));
  check(
    "somebody else with the same address is refused",
    (await (await second.newPage()).goto(oneTimeAddress)).status() === 401,
  );
  check(
    "and then nobody has answers by it",
    (await page.evaluate(() => fetch("/api/items").then(answer => answer.status))) === 401,
  );
  await Promise.all([first.close(), second.close()]);
}

async function emptyFolderSaysSo(browser) {
  const opened = await open(browser, emptyAddress, "view=list", { bypassCSP: true });
  check(
    "an empty folder says so",
    (await opened.page.locator("main").innerText()).includes("There is no run, sweep or checkpoint below"),
  );
  await isAccessible("empty", opened.page);
  await close("empty", opened);
}

await withBrowser(async browser => {
  await emptyFolderSaysSo(browser);
  await oneTimeAddressWorksOnce(browser);
  await absentStoreIsNamed(browser);
  await beginningRunSaysSo(browser);
  const items = await listWorks(browser);
  for (const experiment of experiments) await figuresAgree(browser, items, experiment);
  await playsWhatIsSeen(browser, items);
  await keyboardIsEnough(browser, items);
  await pointerWorks(browser, items);
  await addressMovesControls(browser, items);
  await chosenRunsStay(browser);
  await viewsHaveKeys(browser, items);
  await chartsFollowTheAddress(browser, items);
  await clockStays(browser, items);
  await sweepIsChosenFrom(browser, items);
  await waitingSweepSaysSo(browser);
  await runsAreCompared(browser, items);
  await checkpointIsDrawn(browser, items);
  await stillShowsEverything(browser, items);
  await growingRunMoves(browser);
  await failingRunSaysSo(browser);
  await fitsEverywhere(browser, items);
});
console.log(`explorer: ${checks} checks in the browser, all passed`);
