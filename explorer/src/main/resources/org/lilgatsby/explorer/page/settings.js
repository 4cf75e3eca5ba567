// The verdict of a run and its configuration.
import { element, tableOf } from "/charts/charts.js";

/** A nested object as rows of [key, value]. */
export function flat(object, prefix = "") {
  return Object.entries(object).flatMap(([key, value]) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? flat(value, `${prefix}${key}.`)
      : [[prefix + key, Array.isArray(value) ? value.join(", ") : value === null ? "none" : String(value)]],
  );
}

/** A setting's value in words. */
export function told(value) {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.map(told).join(", ");
  return typeof value === "object"
    ? flat(value)
        .map(([key, part]) => `${key} ${part}`)
        .join(", ")
    : String(value);
}

/**
 * What tells runs apart, in words, by as few of their settings as do it: settings are [{key, values}] with a value for
 * each run. The name and title are none of them.
 */
export function tellingOf(settings, runs) {
  const telling = [];
  let apart = 1;
  for (const setting of settings.filter(({ key }) => !["name", "title"].includes(key))) {
    const now = new Set(
      Array.from({ length: runs }, (_, i) => JSON.stringify([...telling, setting].map(({ values }) => values[i]))),
    ).size;
    if (now > apart) telling.push(setting);
    apart = Math.max(apart, now);
  }
  return Array.from({ length: runs }, (_, i) =>
    telling.map(({ key, values }) => `${key.split(".").at(-1)} ${told(values[i] ?? null)}`).join(", "),
  );
}

function verdictOf({ hypothesis, supported, predictions = [], changed = [] }) {
  const kind = supported === null ? "open" : supported ? "yes" : "no";
  const badge = supported === null ? "Not judged" : supported ? "Supported" : "Not supported";
  const mark = holds => (holds === null ? ["open", "open"] : holds ? ["yes", "holds"] : ["no", "fails"]);
  return element(
    "section",
    { class: `card verdict ${kind}`, "aria-labelledby": "verdict" },
    element("h2", { id: "verdict" }, "Verdict"),
    element("p", { class: "badge" }, badge),
    element("p", { class: "hypothesis" }, hypothesis ?? ""),
    changed.length > 0 ? element("p", { class: "note" }, changed.join("; ") + ".") : null,
    element(
      "ul",
      { class: "predictions" },
      ...predictions.map(({ claim, holds, figures }) => {
        const [style, word] = mark(holds);
        return element(
          "li",
          {},
          element("span", { class: `mark ${style}` }, word),
          element("span", {}, claim),
          element("span", { class: "figures" }, figures ?? ""),
        );
      }),
    ),
  );
}

export function settingsOf(run) {
  const rows = flat(run.config ?? {});
  const box = element(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": "Configuration" },
    tableOf({
      caption: "These settings and the text of the corpus determine every bit of this run.",
      headings: ["setting", "value"],
      rows,
    }),
  );
  return [
    run.verdict ? verdictOf(run.verdict) : null,
    rows.length > 0
      ? element("details", { class: "card settings" }, element("summary", {}, "Configuration"), box)
      : null,
  ].filter(part => part !== null);
}
