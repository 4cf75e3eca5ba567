// What every check of a page in the browser needs.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const sizes = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];
export let checks = 0;

export function check(what, holds) {
  checks++;
  assert.ok(holds, what);
}

export async function withBrowser(work) {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a page of the report and records all its errors. */
export async function open(browser, file, options) {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", error => faults.push(`error: ${error.message}`));
  page.on(
    "console",
    message => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`),
  );
  page.on("request", request => !/^(file|blob|data):/.test(request.url()) && faults.push(`request: ${request.url()}`));
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector("html[data-ready=true]", { state: "attached" });
  return { context, page, faults };
}

export function numbers(node) {
  if (typeof node === "number") return [node];
  return node && typeof node === "object" ? Object.values(node).flatMap(numbers) : [];
}

/** Whether a text is a number, rounded to the digits of the text. */
export function shows(text, number) {
  const plain = text.replaceAll(",", "");
  const digits = (plain.split("e")[0].split(".")[1] ?? "").length;
  return (
    (plain.includes("e") ? number.toExponential(digits) : number.toFixed(digits)) ===
    String(plain.includes("e") ? Number(plain).toExponential(digits) : plain)
  );
}

/** Each figure is drawn, says how to read it, and opens as a table; or it says why it is empty. */
export async function figuresAreComplete(name, page, figures) {
  for (const id of figures) {
    const figure = page.locator(`#figure-${id}`);
    check(`${name}: ${id} says how to read it`, (await figure.locator(".read").textContent()).length > 20);
    if (await figure.locator(".chart").isHidden()) {
      check(`${name}: ${id} says why it is empty`, (await figure.locator(".note").textContent()).length > 10);
      continue;
    }
    check(`${name}: ${id} is drawn`, (await figure.locator("svg path").count()) > 0);
    check(`${name}: ${id} has a description`, (await figure.locator(".chart").getAttribute("aria-label")).length > 20);
    await figure.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    check(`${name}: ${id} opens as a table`, await appears(figure.locator("table tbody tr").first()));
    await page.keyboard.press("Enter");
  }
}

/** Whether a condition holds soon: charts are drawn when the browser is idle. */
export async function soon(holds) {
  for (let i = 0; i < 600; i++) {
    if (await holds()) return true;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return false;
}

// Chromium drops downloads that a page begins beyond ten within a second.
const BETWEEN_DOWNLOADS = 200;

/** The file that a click on a button saves. */
export async function saved(page, button) {
  const waiting = page.waitForEvent("download");
  await button.click();
  const download = await waiting;
  await new Promise(resolve => setTimeout(resolve, BETWEEN_DOWNLOADS));
  return download;
}

/** Whether something appears soon: a part is filled when the browser reports that it was opened. */
export async function appears(locator) {
  return locator.waitFor({ state: "attached", timeout: 5000 }).then(() => true, () => false);
}

export async function coloursChange(name, page) {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const button = page.locator("#theme");
  const seen = new Set([await paper()]);
  for (let i = 0; i < 3; i++) {
    await button.click();
    seen.add(await paper());
  }
  check(`${name}: light and dark can be chosen`, seen.size === 2);
}

export async function isAccessible(name, browser, file, options) {
  const { context, page } = await open(browser, file, { ...options, bypassCSP: true });
  await page.evaluate(() => document.querySelectorAll("details").forEach(node => { node.open = true; }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations
    .map(v => `${v.id}: ${v.help}\n  ${v.nodes.map(node => node.html.slice(0, 200)).join("\n  ")}`)
    .join("\n");
  checks++;
  assert.equal(found, "", `${name}: accessible`);
  await context.close();
}

/** A table that extends beyond its box says so above it. */
export async function tablesSayThatTheyGoOn(name, page) {
  const silent = () => page.locator("#figures .scroll").evaluateAll(boxes => boxes.filter(box =>
    (box.scrollWidth > box.clientWidth + 1) !== box.previousElementSibling.textContent.includes("columns")
    || (box.scrollHeight > box.clientHeight + 1) !== box.previousElementSibling.textContent.includes("rows")).length);
  check(`${name}: tables say where they go on`, await soon(async () => (await silent()) === 0));
}
