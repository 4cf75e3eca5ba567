// Measures the explorer in Chromium: explore.mjs PLAN, a JSON file of {playwright, chromium, main, list, live,
// recording, large, checkpoint, steps, largeSteps, items, progress, seconds, rounds}. main, list and live are
// addresses of explorers, recording, large, checkpoint and live names of what they show, progress the file that counts
// the rows of the run under way. Prints a line of JSON for each measurement: {what, found, unit, demand, most}, where
// most says whether the demand is the most allowed or the least. A measurement ends with the frame of the browser that
// shows it.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const plan = JSON.parse(await readFile(process.argv[2], "utf8"));
const { chromium } = createRequire(path.join(path.resolve(plan.playwright), "package.json"))("playwright-core");
const CLICKS = 5;
const SCRUBS = 300;
const PLAYED_SECONDS = 6;
const SHOWN_STATES = 40;

const tell = measured => console.log(JSON.stringify(measured));
const say = text => console.error(text);
const pause = seconds => new Promise(resolve => setTimeout(resolve, 1000 * seconds));
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const median = values => quantile(values, 0.5);

/** Lives in the page: waits for what is drawn, frame by frame. */
const helpers = () => {
  const frame = () => new Promise(resolve => requestAnimationFrame(() => resolve()));
  const labels = () =>
    [...document.querySelectorAll(".cloud canvas")].map(node => node.getAttribute("aria-label") ?? "");
  const written = step => step.toLocaleString("en-US");
  const bench = {
    frame,
    cloudStep: () => labels()[0]?.match(/ at step ([\d,]+):/)?.[1],
    showsCloud: step =>
      document.querySelector(".clock")?.dataset.step === String(step) &&
      labels()[0]?.includes(` at step ${written(step)}:`),
    showsAll: step =>
      bench.showsCloud(step) &&
      document.querySelector("dl.census:not([data-token])")?.dataset.step === String(step) &&
      [...document.querySelectorAll(".lattice .note")].some(node =>
        node.textContent.includes(`at step ${written(step)}:`),
      ),
    /** Milliseconds from an act to the frame in which a condition holds. */
    async until(act, holds, most = 120000) {
      const began = performance.now();
      act();
      while (!holds()) {
        if (performance.now() - began > most) throw new Error(`not drawn within ${most} ms: ${holds}`);
        await frame();
      }
      await frame();
      return performance.now() - began;
    },
    go(step) {
      const input = document.getElementById("step");
      input.value = String(step);
      input.dispatchEvent(new Event("change"));
    },
    click: name => [...document.querySelectorAll(".list tbody th a")].find(node => node.textContent === name).click(),
    /** The states that come by themselves, [step, the time], each at the frame after the one that shows it. */
    arrivals() {
      const shown = [];
      let seen = null;
      const clock = document.querySelector(".clock");
      new MutationObserver(async () => {
        const step = Number(clock.dataset.step);
        if (step === seen || !bench.showsCloud(step)) return;
        seen = step;
        await frame();
        shown.push([step, Date.now()]);
      }).observe(document.getElementById("main"), { attributes: true, subtree: true });
      window.arrived = shown;
    },
    toList: () =>
      bench.until(
        () => {
          location.hash = "view=list";
        },
        () => document.documentElement.dataset.ready === "list" && document.querySelector(".list tbody tr"),
      ),
  };
  window.bench = bench;
};

async function open(browser, address) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  await page.addInitScript(helpers);
  await page.goto(address);
  await page.waitForSelector("html[data-ready=list]", { state: "attached" });
  await page.waitForSelector(".list tbody tr");
  return page;
}

/** Milliseconds from the click on a run to its clock, cloud and census at its last step. */
const view = (page, name, step) =>
  page.evaluate(
    ([run, last]) =>
      window.bench.until(
        () => window.bench.click(run),
        () =>
          window.bench.showsCloud(last) &&
          document.querySelector("dl.census:not([data-token])")?.dataset.step === String(last),
      ),
    [name, step],
  );

async function firstViews(page) {
  say("opening the recording");
  tell({
    what: "first view of a run, by a server that was just started",
    found: await view(page, plan.recording, plan.steps),
    unit: "ms",
    demand: 1000,
    most: true,
  });
  const times = [];
  for (let i = 0; i < CLICKS; i++) {
    await page.evaluate(() => window.bench.toList());
    times.push(await view(page, plan.recording, plan.steps));
  }
  tell({
    what: `first view of a run, median of ${CLICKS} more`,
    found: median(times),
    unit: "ms",
    demand: 1000,
    most: true,
  });
}

const analysed = page =>
  page.waitForFunction(
    () => !/being analysed|Analysing …|Loading …/.test(document.body.innerText),
    undefined,
    { timeout: 600000, polling: 500 },
  );

/** Milliseconds from typing a step to its picture, for steps all over the recording in an order that repeats. */
const scrubs = (page, shows, last) =>
  page.evaluate(
    async ([name, end, number]) => {
      const times = [];
      let seed = 1;
      for (let i = 0; i < number; i++) {
        seed = (seed * 48271) % 2147483647;
        const step = seed % (end + 1);
        times.push(
          await window.bench.until(
            () => window.bench.go(step),
            () => window.bench[name](step),
          ),
        );
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      return times;
    },
    [shows, last, SCRUBS],
  );

async function scrubbing(page) {
  say("scrubbing, once everything is analysed");
  await analysed(page);
  for (const [shows, what] of [
    ["showsCloud", "clock and cloud"],
    ["showsAll", "every view"],
  ]) {
    const times = await scrubs(page, shows, plan.steps);
    tell({
      what: `scrub to any of ${(plan.steps + 1).toLocaleString("en-US")} steps, ${what}: median of ${SCRUBS}`,
      found: median(times),
      unit: "ms",
      demand: 50,
      most: true,
    });
    tell({
      what: `scrub to any of ${(plan.steps + 1).toLocaleString("en-US")} steps, ${what}: 95th percentile`,
      found: quantile(times, 0.95),
      unit: "ms",
      demand: 100,
      most: true,
    });
  }
}

/** Clouds of different steps that were drawn, a second, playing from the first step. */
const playing = (page, last, speed) =>
  page.evaluate(
    async ([end, states, seconds]) => {
      const select = document.querySelector("[aria-label='Playback speed']");
      select.value = String(states);
      select.dispatchEvent(new Event("change"));
      await window.bench.until(
        () => window.bench.go(0),
        () => window.bench.showsCloud(0),
      );
      const at = [];
      let shown = null;
      document.querySelector("[aria-label='Play or pause']").click();
      const began = performance.now();
      while (performance.now() - began < 1000 * seconds) {
        await window.bench.frame();
        const step = window.bench.cloudStep();
        if (step !== shown) at.push(performance.now());
        shown = step;
        if (document.querySelector(".clock").dataset.step === String(end)) break;
      }
      if (document.querySelector("[aria-label='Play or pause']").textContent === "Pause")
        document.querySelector("[aria-label='Play or pause']").click();
      return (1000 * (at.length - 1)) / (at.at(-1) - at[0]);
    },
    [last, speed, PLAYED_SECONDS],
  );

async function played(page, what, last, speed) {
  say(`playing ${what}`);
  tell({
    what: `playing ${what} at ${speed} states a second: clouds drawn`,
    found: await playing(page, last, speed),
    unit: "a second",
    demand: 30,
    most: false,
  });
}

async function large(page) {
  await page.evaluate(() => window.bench.toList());
  tell({
    what: "first view of a run with 10,000 tokens",
    found: await view(page, plan.large, plan.largeSteps),
    unit: "ms",
    demand: 1000,
    most: true,
  });
  await analysed(page);
  await played(page, "10,000 tokens", plan.largeSteps, 30);
}

async function checkpoint(page) {
  say("opening the checkpoint");
  await page.evaluate(() => window.bench.toList());
  const found = await page.evaluate(
    name =>
      window.bench.until(
        () => window.bench.click(name),
        () => /^Cloud of [\d,]+ rows/.test(document.querySelector(".cloud canvas")?.getAttribute("aria-label") ?? ""),
      ),
    plan.checkpoint,
  );
  tell({ what: "cloud of a checkpoint of 151,936 rows", found, unit: "ms", demand: 3000, most: true });
}

async function list(browser) {
  say("listing runs");
  const page = await open(browser, plan.list);
  const [listed, filtered] = [[], []];
  for (let i = 0; i < CLICKS; i++) {
    listed.push(
      await page.evaluate(
        ([number, again]) =>
          window.bench.until(
            () => {
              document.querySelector(".list tbody").replaceChildren();
              location.hash = `view=list${again}`; // every view of another name is the list, too
            },
            () => document.querySelectorAll(".list tbody tr").length === number,
          ),
        [plan.items, i],
      ),
    );
    filtered.push(
      await page.evaluate(
        number =>
          window.bench.until(
            () => {
              const filter = document.getElementById("filter");
              filter.value = `seed:${number}`;
              filter.dispatchEvent(new Event("input"));
            },
            () => document.querySelectorAll(".list tbody tr").length === 1,
          ),
        plan.items,
      ),
    );
  }
  tell({
    what: `list of ${plan.items} runs, median of ${CLICKS}`,
    found: median(listed),
    unit: "ms",
    demand: 200,
    most: true,
  });
  tell({
    what: `filter of ${plan.items} runs, median of ${CLICKS}`,
    found: median(filtered),
    unit: "ms",
    demand: 200,
    most: true,
  });
  await page.context().close();
}

/** Steps a second of the run under way, from one growth of its recording to the last one within some seconds. */
async function rate(seconds) {
  const rows = async () => Number(await readFile(plan.progress, "utf8"));
  let [from, last] = [null, await rows()];
  let to = null;
  for (const began = performance.now(); performance.now() - began < 1000 * seconds;) {
    await pause(0.01);
    const now = await rows();
    if (now === last) continue;
    last = now;
    to = { at: performance.now(), rows: now };
    from ??= to;
  }
  if (to === null || to === from) throw new Error(`the run under way recorded nothing for ${seconds} seconds`);
  return (1000 * (to.rows - from.rows)) / (to.at - from.at);
}

/** A page on the run under way, which shows its cloud. */
async function openLive(browser) {
  const page = await open(browser, plan.live);
  await page.evaluate(() =>
    window.bench.until(
      () => document.querySelector(".list tbody th a").click(),
      () => window.bench.cloudStep(),
    ),
  );
  return page;
}

/**
 * Milliseconds from each step to the frame that shows its state or a later one. A step counts as taken at the last look
 * that did not find its state yet, so that what is measured is at most some ten milliseconds too long; every step of
 * the run is recorded, from 0.
 */
async function latencies(browser) {
  const page = await openLive(browser);
  const looks = [];
  let done = false;
  const looking = (async () => {
    for (; !done; await pause(0.01)) looks.push([Date.now(), Number(await readFile(plan.progress, "utf8"))]);
  })();
  await pause(3);
  await page.evaluate(() => window.bench.arrivals());
  await page.waitForFunction(states => window.arrived.length > states, SHOWN_STATES, {
    polling: 1000,
    timeout: 600000,
  });
  const shown = await page.evaluate(() => window.arrived);
  done = true;
  await looking;
  await page.context().close();
  const taken = step => looks.findLast(([, rows]) => rows <= step)[0];
  return shown.slice(1).flatMap(([step, at], i) => {
    const first = shown[i][0] + 1;
    return Array.from({ length: step + 1 - first }, (_, later) => at - taken(first + later));
  });
}

async function live(browser) {
  say("watching a run under way, with and without a page in turn");
  const ratios = [];
  const [without, seen] = [[], []];
  await pause(plan.seconds);
  for (let i = 0; i < plan.rounds; i++) {
    without.push(await rate(plan.seconds));
    const page = await openLive(browser);
    await pause(3);
    seen.push(await rate(plan.seconds));
    await page.context().close();
    ratios.push(seen.at(-1) / without.at(-1));
    await pause(1);
  }
  tell({ what: "run under way, nobody looking: median rate", found: median(without), unit: "steps a second" });
  tell({ what: "the same with a page open on it: median rate", found: median(seen), unit: "steps a second" });
  tell({
    what: `what the page takes from the run, median of ${plan.rounds} pairs of ${plan.seconds} s`,
    found: 100 * (1 - median(ratios)),
    unit: "%",
    demand: 2,
    most: true,
  });
  say("waiting for the steps of a run under way");
  const times = await latencies(browser);
  for (const [share, what] of [
    [0.5, `median of ${times.length.toLocaleString("en-US")} steps`],
    [1, "longest"],
  ])
    tell({
      what: `from a step to the frame that shows it or a later one: ${what}`,
      found: quantile(times, share),
      unit: "ms",
      demand: 2000,
      most: true,
    });
}

const browser = await chromium.launch({
  executablePath: plan.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  if (plan.main) {
    const page = await open(browser, plan.main);
    await firstViews(page);
    await scrubbing(page);
    await played(page, "128 tokens", plan.steps, 100);
    await large(page);
    if (plan.checkpoint) await checkpoint(page);
    await page.context().close();
  }
  if (plan.list) await list(browser);
  if (plan.live) await live(browser);
} finally {
  await browser.close();
}
