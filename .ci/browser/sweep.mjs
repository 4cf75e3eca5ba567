// Opens each sweep's report.html as a reader would, and compares it with report.json: sweep.mjs SWEEP...
// With SCREENSHOTS set to a directory, pictures of every part are left there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  check,
  checks,
  coloursChange,
  figuresAreComplete,
  isAccessible,
  open,
  saved,
  sizes,
  soon,
  tablesSayThatTheyGoOn,
  withBrowser,
} from "./browser.mjs";

const plain = text => text.replaceAll(",", "").replaceAll("−", "-").trim();

async function looksRight(name, page, report) {
  check(
    `${name}: no horizontal scrolling`,
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
  );
  const text = await page.locator("#sweep").textContent();
  check(`${name}: the data have no text for a number`, !/"(NaN|-?Infinity)"/.test(text));
  const summary = await page.locator("#summary").innerText();
  const { points, done, failed, missing, complete } = report.counts;
  check(
    `${name}: an incomplete sweep says so first`,
    (await page.locator("#summary .banner").count()) === (complete ? 0 : 1),
  );
  if (!complete)
    check(
      `${name}: what failed is counted`,
      [points, done, failed, missing]
        .filter(count => count > 0)
        .every(count => summary.includes(count.toLocaleString("en-US"))),
    );
  for (const { setting } of report.varied) check(`${name}: ${setting} is said to vary`, summary.includes(setting));
  for (const group of report.groups.slice(0, 1))
    check(`${name}: the group ${group.name} is named`, summary.includes(group.name));
  return JSON.parse(text);
}

/** The statistics behind the charts are those of report.json, number for number. */
function dataAreTheReport(name, data, report) {
  const outcomes = [...report.headlines, ...report.others];
  assert.deepEqual(data.counts, report.counts, `${name}: the counts are those of report.json`);
  assert.equal(data.outcomes.length, outcomes.length);
  data.outcomes.forEach((outcome, i) => {
    assert.deepEqual(outcome.figure, outcomes[i].figure);
    data.groups.forEach((group, at) => {
      if (outcome.groups.length > 0)
        assert.deepEqual(
          outcome.groups[at],
          outcomes[i].groups[group.place],
          `${name}: ${outcome.figure.name}, ${group.name}`,
        );
    });
    outcome.axes.forEach((along, a) => along.values.forEach((value, at) => {
      const place = outcomes[i].axes[a].values.indexOf(value);
      for (const key of Object.keys(along.band))
        assert.equal(
          along.band[key][at],
          outcomes[i].axes[a].band[key][place],
          `${name}: ${outcome.figure.name} along ${along.setting}`,
        );
    }));
  });
  if (data.series) {
    data.series.figures.forEach((over, f) => data.groups.forEach((group, at) => data.series.steps.forEach((step, i) => {
      const place = report.series.steps.indexOf(step);
      for (const key of Object.keys(over.groups[at])) {
        assert.equal(
          over.groups[at][key][i],
          report.series.figures[f].groups[group.place][key][place],
          `${name}: ${over.figure.name} at step ${step}`,
        );
      }
    })));
  }
  check(`${name}: the statistics of the page are those of report.json`, true);
}

/** The table under a chart shows the statistics of report.json. */
async function tableShowsTheReport(name, page, data, report) {
  if (report.headlines.length === 0 || report.counts.done === 0) return;
  const figure = page.locator("#figure-distribution-0");
  await figure.locator("details").first().evaluate(node => { node.open = true; });
  await figure.locator("tbody tr").first().waitFor();
  const cells = await figure.locator("details").first().locator("tbody tr").first().locator("td").allTextContents();
  const { distribution } = report.headlines[0].groups[data.groups[0].place];
  const said = Number(plain(cells[2]));
  check(
    `${name}: the mean in the table is ${distribution.mean}: ${cells[2]}`,
    Math.abs(said / distribution.mean - 1) < 1e-5 || said === distribution.mean,
  );
  check(`${name}: n in the table is ${distribution.n}: ${cells[1]}`, Number(plain(cells[1])) === distribution.n);
}

/** Dots, boxes and means lie where the axis says that their values are. */
async function pictureAgreesWithNumbers(name, page, data) {
  const wrong = await page.evaluate(() => {
    const data = JSON.parse(document.getElementById("sweep").textContent);
    const labels = [...document.querySelectorAll("#figure-distribution-0 .chart svg text")];
    const numbers = labels
      .map(node => ({
        value: Number(node.textContent.replaceAll(",", "").replaceAll("−", "-")),
        x: node.getBoundingClientRect(),
      }))
      .filter(({ value }) => Number.isFinite(value))
      .map(({ value, x }) => ({ value, x: (x.left + x.right) / 2 }));
    const outcome = data.outcomes[0];
    if (numbers.length < 2 || !outcome.groups.some(group => group.distribution)) return null;
    const [first, last] = [numbers[0], numbers.at(-1)];
    const place = value => first.x + (value - first.value) / (last.value - first.value) * (last.x - first.x);
    const diamonds = [...document.querySelectorAll("#figure-distribution-0 .chart svg path")]
      .filter(
        node => /^M[^ML]*L[^ML]*L[^ML]*L[^ML]*Z$/.test(node.getAttribute("d")) && node.getAttribute("fill") !== "none",
      )
      .map(node => node.getBoundingClientRect())
      .filter(box => Math.abs(box.width - box.height) < 2.5 && box.width < 16)
      .map(box => (box.left + box.right) / 2);
    return outcome.groups
      .filter(group => group.distribution)
      .filter(group => !diamonds.some(x => Math.abs(x - place(group.distribution.mean)) < 1.5))
      .map(group => [group.distribution.mean, place(group.distribution.mean), diamonds]);
  });
  if (
    wrong === null ||
    data.outcomes[0].groups.some(
      group => group.distribution && group.distribution.greatest >= 100 * group.distribution.least,
    )
  )
    return;
  check(`${name}: each mean is drawn at its value: ${JSON.stringify(wrong)}`, wrong.length === 0);
}

async function runsAreSortedAndFiltered(name, page, data, report) {
  const table = page.locator("#run-table");
  const column = at =>
    table.locator("tbody tr").evaluateAll((rows, place) => rows.map(row => row.cells[place].textContent), at);
  const status = table.locator("[role=status]");
  check(
    `${name}: the table says how many runs there are`,
    (await status.textContent()).includes(report.counts.points.toLocaleString("en-US")),
  );
  const heads = await table.locator("thead th").allTextContents();
  const seed = heads.indexOf("seed");
  if (seed >= 0) {
    const head = table.locator("thead th").nth(seed);
    await head.locator("button").focus();
    await page.keyboard.press("Enter");
    check(`${name}: Enter sorts`, (await head.getAttribute("aria-sort")) === "ascending");
    const up = (await column(seed)).map(Number);
    check(`${name}: sorted upwards`, up.every((value, i) => i === 0 || up[i - 1] <= value));
    await page.keyboard.press("Enter");
    const down = (await column(seed)).map(Number);
    check(
      `${name}: sorted downwards`,
      (await head.getAttribute("aria-sort")) === "descending" &&
        down.every((value, i) => i === 0 || down[i - 1] >= value),
    );
  }
  for (const state of new Set(data.runs.states)) {
    await table.locator("select").first().selectOption(state);
    check(`${name}: only runs that are ${state}`, (await column(1)).every(text => text === state));
    const expected = data.runs.states.filter(of => of === state).length;
    check(
      `${name}: all runs that are ${state} are counted`,
      (await status.textContent()).includes(`of ${expected.toLocaleString("en-US")} run`),
    );
  }
  await table.locator("select").first().selectOption("all");
  await table.locator("input[type=search]").fill("no run is called like this");
  check(`${name}: a filter that nothing meets`, (await table.locator("tbody tr").count()) === 0);
  await table.locator("input[type=search]").fill("");
  const links = await table.locator("tbody a").evaluateAll(all => all.map(a => a.getAttribute("href")));
  check(`${name}: runs with a page are linked to it`, (links.length > 0) === (Object.keys(data.runs.links).length > 0));
  for (const link of links.slice(0, 3)) {
    check(`${name}: a link is relative`, link.startsWith("./"));
    const target = path.resolve(decodeURIComponent(new URL(link, page.url()).pathname));
    check(`${name}: ${link} is there`, (await readFile(target, "utf8")).includes("<title>"));
  }
}

/** What an event carries is never markup. */
async function textIsText(name, page) {
  check(`${name}: no text became markup`, (await page.locator("main img, main script").count()) === 0);
}

async function choicesWork(name, page, data) {
  const other = page.locator("#distributions select[data-choice=figure]");
  const names = await other.locator("option").evaluateAll(options => options.map(option => option.value));
  await other.selectOption(names.at(-1));
  const wanted = data.outcomes.find(outcome => outcome.figure.name === names.at(-1)).figure.label;
  check(
    `${name}: another figure can be chosen`,
    (await page.locator("#figure-distribution-other h3").textContent()).toLowerCase() === wanted.toLowerCase(),
  );
  if (!data.series) return;
  const chart = page.locator("#figure-over-steps .chart");
  const shapes = () => chart.locator("svg path").evaluateAll(all => all.map(node => node.getAttribute("d")).join());
  const before = await shapes();
  await page.locator("#steps select[data-choice=singles]").selectOption("yes");
  check(`${name}: single runs appear on demand`, await soon(async () => (await shapes()) !== before));
  const box = await chart.boundingBox();
  await chart.scrollIntoViewIfNeeded();
  const inView = await chart.boundingBox() ?? box;
  await page.mouse.move(inView.x + inView.width / 2, inView.y + 120);
  await page.mouse.move(inView.x + inView.width / 2 + 8, inView.y + 120, { steps: 4 });
  const tip = page.locator("#figure-over-steps .tip").first();
  await tip.waitFor({ state: "attached" });
  const text = await tip.innerText();
  check(
    `${name}: the tip is in figures or dashes: ${text}`,
    /^step /.test(text) && text.includes("n = ") && !/NaN|null|undefined/.test(text),
  );
}

/** Each chart can be saved as SVG, PNG and CSV. */
async function chartsAreSaved(name, page, figures) {
  for (const id of figures) {
    const figure = page.locator(`#figure-${id}`);
    if (await figure.locator(".chart").isHidden()) continue;
    for (const [type, begins] of [["SVG", "<svg"], ["PNG", "\u0089PNG"], ["CSV", ""]]) {
      const download = await saved(
        page,
        figure.locator(".saves").getByRole("button", { name: `Save as ${type}`, exact: true }),
      );
      const bytes = await readFile(await download.path());
      check(
        `${name}: ${id} is saved as ${type}`,
        download.suggestedFilename().endsWith(`.${type.toLowerCase()}`) &&
          bytes.length > 20 &&
          bytes.toString("latin1").startsWith(begins),
      );
      if (type === "SVG")
        check(
          `${name}: ${id} as a picture has all its numbers`,
          !/="[^"]*(NaN|undefined)[^"]*"/.test(bytes.toString("utf8")),
        );
      if (process.env.SCREENSHOTS && type !== "CSV")
        await download.saveAs(path.join(process.env.SCREENSHOTS, download.suggestedFilename()));
    }
  }
}

async function motionIsReduced(name, browser, file) {
  const { context, page } = await open(browser, file, { reducedMotion: "reduce" });
  check(
    `${name}: nothing moves by itself`,
    (await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)) === "auto",
  );
  await context.close();
}

async function screenshots(page, prefix) {
  if (!process.env.SCREENSHOTS) return;
  for (const part of await page.locator("main > section").evaluateAll(parts => parts.map(part => part.id))) {
    await page.locator(`#${part}`).screenshot({ path: path.join(process.env.SCREENSHOTS, `${prefix}-${part}.png`) });
  }
}

await withBrowser(async browser => {
  for (const sweep of process.argv.slice(2)) {
    const file = path.resolve(sweep, "report.html");
    const report = JSON.parse(await readFile(path.join(sweep, "report.json"), "utf8"));
    const size = (await readFile(file)).length;
    check(`${report.name}: the page is under 10 MB: ${size}`, size < 10_000_000);
    for (const viewport of sizes) {
      for (const colorScheme of ["light", "dark"]) {
        const name = `${report.name}, ${viewport.width} px, ${colorScheme}`;
        const { context, page, faults } = await open(browser, file, { viewport, colorScheme, acceptDownloads: true });
        const data = await looksRight(name, page, report);
        const figures = await page
          .locator("figure")
          .evaluateAll(all => all.map(figure => figure.id.replace("figure-", "")));
        await screenshots(page, `${path.basename(sweep)}-${viewport.width}-${colorScheme}`);
        dataAreTheReport(name, data, report);
        await tablesSayThatTheyGoOn(name, page);
        await tableShowsTheReport(name, page, data, report);
        await pictureAgreesWithNumbers(name, page, data);
        await figuresAreComplete(name, page, figures);
        await runsAreSortedAndFiltered(name, page, data, report);
        await textIsText(name, page);
        await choicesWork(name, page, data);
        if (viewport === sizes[0] && colorScheme === "light") {
          await chartsAreSaved(name, page, figures);
          await motionIsReduced(name, browser, file);
        }
        await coloursChange(name, page);
        assert.deepEqual(faults, [], `${name}: nothing goes wrong, nothing is fetched`);
        await context.close();
        await isAccessible(name, browser, file, { viewport, colorScheme });
      }
    }
  }
});
console.log(`sweeps: ${checks} checks in the browser, all passed`);
