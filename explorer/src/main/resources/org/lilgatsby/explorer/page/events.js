// What happened in a run, as a table: the marks of the clock for the keyboard, and for those who do not see them.
import { element } from "/charts/charts.js";
import { follow } from "./address.js";
import { Figure } from "./figure.js";
import { count, many } from "./words.js";

const MOST_ROWS = 100;
const KINDS = [
  ["merger", "merger", "mergers"],
  ["fission", "split", "splits"],
  ["last", "end of a phase", "ends of phases"],
];

/** Which of the kinds a mark is of. */
export const kindOf = mark => KINDS.find(([kind]) => mark.kind.startsWith(kind)) ?? KINDS[2];

/** How many marks there are of each kind, in words. */
export function summaryOf(marks) {
  return KINDS.map(kind => [marks.filter(mark => kindOf(mark) === kind).length, kind])
    .filter(([number]) => number > 0)
    .map(([number, [, one, more]]) => many(number, one, more))
    .join(", ");
}

export class EventsPanel {
  constructor({ run, clock, address, tokens }) {
    Object.assign(this, { clock, address, tokens, marks: [], rows: new Map(), current: [] });
    this.figure = new Figure({
      title: "Events",
      name: `${run.name}-events`,
      wide: true,
      read: "What the marks under the clock stand for. Click a step to go there and choose the tokens.",
    });
    this.node = this.figure.node;
    this.kind = element(
      "select",
      { "aria-label": "Kind of event" },
      element("option", { value: "" }, "all events"),
      ...KINDS.map(([kind, , more]) => element("option", { value: kind }, more)),
    );
    follow(address, this.kind, () => address.get("events"));
    this.kind.addEventListener("change", () => address.set({ events: this.kind.value || null }));
    this.body = element("tbody");
    this.more = element("button", { type: "button" }, "Show more");
    this.more.addEventListener("click", () => {
      const first = this.body.rows.length;
      this.fill(first + MOST_ROWS);
      this.body.rows[first]?.querySelector("button").focus();
    });
    this.figure.tools.append(this.kind);
    this.figure.picture.append(
      element(
        "div",
        { class: "scroll happened", tabindex: "0", role: "region", "aria-label": "Events by step" },
        element(
          "table",
          {},
          element("caption", { class: "unseen" }, "Events by step"),
          element(
            "thead",
            {},
            element(
              "tr",
              {},
              ...["step", "kind", "what happened", "tokens"].map((name, i) =>
                element("th", { scope: "col", class: i === 0 ? "number" : "" }, name),
              ),
            ),
          ),
          this.body,
        ),
      ),
      this.more,
    );
    this.figure.fold.hidden = true; // the picture is the table
    this.figure.offer({});
    this.figure.show({ empty: "Analysing …" });
    this.ends = [
      clock.listen(() => this.mark()),
      address.listen(changed => changed.has("events") && this.show(this.marks, this.of)),
    ];
  }

  show(marks, of) {
    Object.assign(this, { marks, of });
    const wanted = this.address.get("events");
    this.shown = marks.filter(mark => wanted === "" || kindOf(mark)[0] === wanted);
    const whose = `${of === "all" ? "all" : `the ${of}`} tokens`;
    if (marks.length === 0) return this.figure.show({ empty: `No events among ${whose}.` });
    this.figure.show({
      note:
        `Of ${whose}: ${summaryOf(marks)}.` +
        (this.shown.length < marks.length ? ` ${count(this.shown.length)} of them shown.` : ""),
      table: () => ({
        headings: ["step", "kind", "what happened", "tokens"],
        rows: this.shown.map(mark => [mark.step, kindOf(mark)[1], mark.text, mark.tokens.join(" ")]),
      }),
    });
    this.fill(MOST_ROWS);
  }

  fill(most) {
    const marks = this.shown.slice(0, most);
    this.rows = new Map();
    this.current = [];
    this.body.replaceChildren(
      ...marks.map(mark => {
        const go = element("button", { type: "button", class: "goto" }, count(mark.step));
        go.addEventListener("click", () => {
          this.clock.go(mark.step);
          this.tokens.choose([...mark.tokens]);
        });
        const row = element(
          "tr",
          {},
          element("td", { class: "number" }, go),
          element("td", {}, kindOf(mark)[1]),
          element("td", {}, mark.text),
          element("td", {}, this.tokens.names(mark.tokens, 8)),
        );
        this.rows.set(mark.step, [...(this.rows.get(mark.step) ?? []), row]);
        return row;
      }),
    );
    this.more.hidden = marks.length === this.shown.length;
    this.more.textContent = `Show more (${count(this.shown.length - marks.length)} left)`;
    this.mark();
  }

  /** Marks the events of the clock's step. */
  mark() {
    const now = this.rows.get(this.clock.shown) ?? [];
    if (now === this.current || (now.length === 0 && this.current.length === 0)) return;
    this.current.forEach(row => row.removeAttribute("aria-current"));
    now.forEach(row => row.setAttribute("aria-current", "step"));
    this.current = now;
  }

  close() {
    this.ends.forEach(end => end());
  }
}
