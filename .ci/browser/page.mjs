// Opens each run's report.html as a reader would, and compares it with report.json: page.mjs RUN...
// With SCREENSHOTS set to a directory, pictures of every part are left there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  appears,
  check,
  checks,
  coloursChange,
  figuresAreComplete,
  isAccessible,
  numbers,
  open,
  shows,
  sizes,
  soon,
  tablesSayThatTheyGoOn,
  withBrowser,
} from "./browser.mjs";

const figures = [
  "loss",
  "demographics",
  "census",
  "rank",
  "cloud",
  "dead-cloud",
  "steps",
  "zeros",
  "regimes",
  "lattice",
  "norms",
  "centroid",
  "gradients",
  "graph",
];

async function looksRight(name, page, report) {
  check(
    `${name}: no horizontal scrolling`,
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
  );
  const data = JSON.parse(await page.locator("#findings").textContent());
  for (const id of ["findings", "timeline", "large-model"]) {
    check(
      `${name}: ${id} has no text for a number`,
      !/"(NaN|-?Infinity)"/.test(await page.locator(`#${id}`).textContent()),
    );
  }
  assert.deepEqual(data, report, `${name}: the figures of the page are those of report.json`);
  const summary = await page.locator("#summary").innerText();
  const undecided = report.verdict.predictions.length === 0 ? "No verdict" : "Not judged";
  const words =
    report.verdict.supported === null ? undecided : report.verdict.supported ? "Supported" : "Not supported";
  check(
    `${name}: only a finished run has a verdict`,
    report.status === "finished" || (words === "No verdict" && summary.includes(report.status)),
  );
  check(
    `${name}: the verdict is on the first screen`,
    summary.includes(words) && summary.includes(report.verdict.hypothesis),
  );
  check(
    `${name}: the corpus is on the first screen`,
    ["bytes", "tokens"].some((unit) => summary.includes(`${report.corpus.bytes.toLocaleString("en-US")} ${unit}`)),
  );
  check(
    `${name}: a synthetic corpus is said`,
    summary.includes("Synthetic text, not a book.") === report.corpus.synthetic,
  );
  for (const [label, value] of await tiles(page)) {
    check(`${name}: tile "${label}" shows a figure of report.json: ${value}`, isToldBy(report, value));
  }
}

/** What a tile says of a step that there is none of, or of a share of nothing. */
const NO_FIGURE = ["none", "never", "not yet", "-"];

/** A tile is a number, a share such as "39.8 %", a step such as "step 4,812", or says that there is none. */
function isToldBy(report, text) {
  if (NO_FIGURE.includes(text)) return true;
  const share = text.endsWith(" %");
  const figure = text.replace(/^step /, "").replace(/ %$/, "");
  return numbers(report).some(number => shows(figure, share ? 100 * number : number));
}

/** The charts of a page: those of every run, and those of the analyses that the run can answer; each has one place. */
async function chartsOf(name, page) {
  const placed = await page
    .locator("[data-charts]")
    .evaluateAll(all => all.flatMap(part => part.dataset.charts.split(" ")));
  check(`${name}: each chart has one place`, new Set(placed).size === placed.length);
  check(`${name}: charts of every run are there`, figures.every(id => placed.includes(id)));
  return placed;
}

async function tiles(page) {
  return page.locator(".tiles li").evaluateAll(items =>
    items.map(item => [item.querySelector(".label").textContent, item.querySelector(".value").textContent]));
}

/** The points of a scatter chart, in any drawing order. */
async function points(page, id) {
  return page.locator(`#figure-${id} svg path`).evaluateAll(paths =>
    paths
      .map(p => p.getAttribute("transform") + p.getAttribute("d"))
      .sort()
      .join(),
  );
}

async function sliderMovesThePoints(name, page, report) {
  const slider = page.locator("#step");
  const output = page.locator("output[for=step]");
  const last = await output.textContent();
  check(`${name}: the slider begins at the last step`, last === `step ${report.final.step.toLocaleString("en-US")}`);
  if (report.final.step === 0) return;
  check(`${name}: the slider says how many steps it has`, await page.evaluate(() => {
    const all = JSON.parse(document.getElementById("timeline").textContent);
    const [frames, states] = [all.cloud.steps.length, all.recorded].map(count => count.toLocaleString("en-US"));
    return document
      .querySelector(".frames")
      .textContent.includes(frames === states ? `all ${states} recorded` : `${frames} of ${states} recorded`);
  }));
  await tableRows(page, "dead-cloud");
  await fewDeadRowsKeepTheirDistance(name, page, report);
  const before = await points(page, "cloud");
  await slider.focus();
  await page.keyboard.press("Home");
  check(`${name}: Home goes to the first step`, (await output.textContent()) === "step 0");
  check(`${name}: the slider moves the points`, await soon(async () => (await points(page, "cloud")) !== before));
  const distinct = report.initial.all.distinct;
  const { cloud } = JSON.parse(await page.locator("#timeline").textContent());
  if (cloud.tokens.length === cloud.drawn_of)
    check(
      `${name}: the first frame has the distinct rows of the start`,
      await soon(async () => (await tableRows(page, "cloud")) === distinct),
    );
  await page.keyboard.press("End");
  check(
    `${name}: End goes back`,
    await soon(async () => (await points(page, "cloud")) === before && (await output.textContent()) === last),
  );
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(label => document.querySelector("output[for=step]").textContent !== label, last);
  await page.getByRole("button", { name: "Pause" }).click();
}

/** Step 0 is where most figures of motion are not defined. */
async function theFirstStepHasATip(name, page, report) {
  if (report.final.step === 0) return;
  for (const id of ["loss", "steps", "zeros", "lattice", "norms", "centroid"]) {
    const chart = page.locator(`#figure-${id} .chart`);
    if (await chart.isHidden()) continue;
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    await page.mouse.move(box.x + 90, box.y + box.height / 2);
    await page.mouse.move(box.x + 64, box.y + box.height / 2, { steps: 4 });
    const tip = page.locator(`#figure-${id} .tip`).first();
    check(`${name}: ${id} has a tip at its left edge`, await appears(tip));
    const text = await tip.innerText();
    check(
      `${name}: ${id} has a tip in figures or dashes: ${text}`,
      /^step /.test(text) && !/NaN|null|undefined/.test(text),
    );
  }
}

/** A few dead rows lie in one plane, so their distance on the page equals the one printed beside it. */
async function fewDeadRowsKeepTheirDistance(name, page, report) {
  if (report.topology === null || report.topology.nodes < 2 || report.topology.nodes > 3) return;
  const places = await page.evaluate(() => {
    const cells = [...document.querySelectorAll("#figure-dead-cloud tbody tr")].map(row =>
      [...row.cells].map(cell => cell.textContent),
    );
    return cells.map(row => [1, 2].map(at => Number(row[at].replaceAll("−", "-"))));
  });
  const apart = Math.max(...places.flatMap(a => places.map(b => Math.hypot(a[0] - b[0], a[1] - b[1]))));
  check(`${name}: dead rows are at least as far apart as in one component`, apart >= report.topology.linf.max * 0.999);
  const note = await page.locator("#figure-dead-cloud .note").textContent();
  const said = Number(note.match(/at most ([0-9.e−-]+) apart/)[1].replaceAll("−", "-"));
  check(`${name}: dead rows are as far apart as is said: ${apart}, ${said}`, Math.abs(apart / said - 1) < 1e-3);
}

async function tableRows(page, id) {
  const fold = page.locator(`#figure-${id} details`).first();
  await fold.evaluate(node => { node.open = true; });
  await page.waitForFunction(figure => document.querySelector(`#figure-${figure} tbody tr`), id);
  const rows = await fold.locator("tbody tr").count();
  await fold.evaluate(node => { node.open = false; });
  return rows;
}

async function choicesWork(name, page, report) {
  const census = page.locator("#figure-census .chart");
  for (const [group, size] of [["all", report.corpus.live + report.corpus.dead], ["live", report.corpus.live]]) {
    if (size === 0) continue;
    await page.locator("#structure select[data-choice=group]").selectOption(group);
    check(
      `${name}: the census is that of ${group} tokens`,
      (await census.getAttribute("aria-label")).includes(`${group} tokens`),
    );
    check(
      `${name}: both choices agree`,
      (await page.locator("#motion select[data-choice=group]").inputValue()) === group,
    );
  }
  await page.locator("#structure select[data-choice=axis]").selectOption("linear");
  const key = page.locator("#figure-norms .key").first();
  if (await key.count()) {
    const before = await points(page, "norms");
    await key.click();
    check(`${name}: a line can be taken out`, await soon(async () =>
      (await key.getAttribute("aria-pressed")) === "false" && (await points(page, "norms")) !== before));
  }
}

async function screenshots(page, prefix) {
  if (!process.env.SCREENSHOTS) return;
  for (const part of ["summary", "structure", "cloud", "motion", "forces", "figures"]) {
    await page.locator(`#${part}`).screenshot({ path: path.join(process.env.SCREENSHOTS, `${prefix}-${part}.png`) });
  }
}

await withBrowser(async browser => {
  for (const run of process.argv.slice(2)) {
    const file = path.resolve(run, "report.html");
    const report = JSON.parse(await readFile(path.join(run, "report.json"), "utf8"));
    for (const viewport of sizes) {
      for (const colorScheme of ["light", "dark"]) {
        const name = `${report.experiment}, ${viewport.width} px, ${colorScheme}`;
        const { context, page, faults } = await open(browser, file, { viewport, colorScheme });
        await looksRight(name, page, report);
        await screenshots(page, `${path.basename(run)}-${viewport.width}-${colorScheme}`);
        await tablesSayThatTheyGoOn(name, page);
        await figuresAreComplete(name, page, await chartsOf(name, page));
        await sliderMovesThePoints(name, page, report);
        await theFirstStepHasATip(name, page, report);
        await choicesWork(name, page, report);
        await coloursChange(name, page);
        assert.deepEqual(faults, [], `${name}: nothing goes wrong, nothing is fetched`);
        await context.close();
        await isAccessible(name, browser, file, { viewport, colorScheme });
      }
    }
  }
});
console.log(`reports: ${checks} checks in the browser, all passed`);
