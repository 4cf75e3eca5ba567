// Distinct rows on the bfloat16 grid, which no projection shows: cells from the medoid, and distances between rows.
import { element } from "/charts/charts.js";
import { follow } from "./address.js";
import { askUntilReady, Latest } from "./api.js";
import { Canvas, Figure, Sight, write } from "./figure.js";
import { diverging, ramp } from "./palette.js";
import { atStep, many } from "./words.js";

const LABEL = 92;
const HEAD = 24;
const LEAST_ROW = 2;

/** While it plays, lattices are asked for after this many times the time that the last ones took. */
const PLAYING_SHARE = 4;
const LETTER = 7;
const MOST_CHOSEN = 400;
const whose = { all: "All", dead: "Dead", live: "Live", chosen: "Chosen" };

const KEYS =
  "Arrows go from cell to cell, Home and End to the ends of a row, Page Up and Page Down ten rows on; Enter chooses " +
  "the token.";
const MOVES = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** Below this many pixels cells have neither gaps nor numbers. */
const SMALL = 6;

/** A share from −1 to 1 for a signed number of cells: one cell is seen, and thousands do not drown it. */
export function shadeOf(cells, most) {
  if (cells === 0) return 0;
  return Math.sign(cells) * (0.25 + (0.75 * Math.log2(Math.abs(cells))) / Math.max(1, Math.log2(most)));
}

/** The cell of a table of rows and columns that is nearest to a place. */
function within({ row, column }, rows, columns) {
  return { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) };
}

/** Where a key leads from a cell of a table of rows and columns; null if it leads nowhere. */
export function moved({ row, column }, key, rows, columns) {
  if (!(key in MOVES)) return null;
  const [down, right] = MOVES[key];
  return within({ row: row + down, column: column + right }, rows, columns);
}

/** A lattice without the rows of one token. */
export function holesOf({ rows, cells, distances, medoid }) {
  const kept = rows.flatMap((row, i) => (row.size > 1 ? [i] : []));
  return {
    medoid,
    rows: kept.map(i => rows[i]),
    cells: kept.map(i => cells[i]),
    distances: kept.map(i => kept.map(j => distances[i][j])),
    left: 0,
  };
}

class Grid {
  constructor({ title, read, name, tokens, across, caption }) {
    Object.assign(this, { tokens, across, caption });
    this.figure = new Figure({ title, read, name });
    this.canvas = new Canvas(this.figure, {
      height: 120,
      label: title,
      paint: (pen, space) => this.paint(pen, space),
      keys: KEYS,
    });
    this.at = { row: 0, column: 0 };
    this.said = element("p", { class: "note", "aria-hidden": "true" });
    this.figure.picture.append(this.said);
    this.canvas.node.addEventListener("pointermove", event => this.hover(event));
    this.canvas.node.addEventListener("pointerleave", () => {
      write(this.said, this.usual);
    });
    this.canvas.node.addEventListener("focus", () => this.rows && this.go(this.at));
    this.canvas.node.addEventListener("keydown", event => this.key(event));
    this.canvas.node.addEventListener("click", event => {
      const hit = this.hit(event);
      if (hit && hit.row >= 0 && hit.row < this.rows.length) tokens.toggle([this.rows[hit.row].id]);
    });
  }

  show(rows, columns, cells, note) {
    Object.assign(this, { rows, columns, cells });
    this.most = cells.reduce((most, row) => row.reduce((a, b) => Math.max(a, Math.abs(b)), most), 1);
    this.usual = "Point at a cell to read it.";
    this.at = within(this.at, rows.length, columns.length);
    write(this.said, this.canvas.focused ? this.read(this.at) : this.usual);
    this.row = Math.max(LEAST_ROW, Math.min(22, Math.floor(640 / rows.length)));
    this.canvas.resize(HEAD + rows.length * this.row + 6);
    this.figure.show({
      label: note,
      note,
      table: () => ({
        caption: this.caption,
        headings: ["row", "tokens", ...columns.map(column => column.name)],
        rows: rows.map((row, i) => [this.tokens.name(row.id), row.size, ...cells[i]]),
      }),
    });
    this.canvas.update();
  }

  cell(width) {
    return Math.min(40, (width - LABEL - 4) / this.columns.length);
  }

  hit(event) {
    if (!this.rows) return null;
    const box = this.canvas.node.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left - LABEL) / this.cell(box.width));
    const row = Math.floor((event.clientY - box.top - HEAD) / this.row);
    return { row, column };
  }

  hover(event) {
    write(this.said, this.read(this.hit(event)));
  }

  /** A cell in words. */
  read(at) {
    const value = at && this.cells[at.row]?.[at.column];
    return value === undefined || value === null
      ? this.usual
      : `${this.tokens.name(this.rows[at.row].id)}, ${this.columns[at.column].full}: ${many(value, "cell")}`;
  }

  key(event) {
    if (!this.rows || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = moved(this.at, event.key, this.rows.length, this.columns.length);
    if (to) this.go(to);
    else if (event.key === "Enter") this.choose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  go(at) {
    this.at = at;
    write(this.said, this.read(at));
    this.canvas.say(this.said.textContent);
    this.canvas.update();
  }

  choose() {
    const { id } = this.rows[this.at.row];
    this.tokens.toggle([id]);
    this.canvas.say(`${this.tokens.name(id)} is ${this.tokens.chosen.has(id) ? "" : "not "}chosen.`);
  }

  paint(pen, { width, colour, font }) {
    if (!this.rows) return false;
    const size = this.cell(width);
    const longest = this.columns.reduce((most, { short }) => Math.max(most, short.length), 0);
    const every = Math.max(1, Math.ceil(Math.max(24, LETTER * (longest + 1)) / size));
    const small = this.row <= SMALL || size <= SMALL;
    const fills = new Map();
    const fillOf = value => {
      if (!fills.has(value)) {
        const share = shadeOf(value, this.most);
        fills.set(
          value,
          this.across !== "distance" ? diverging(share) : value === 0 ? colour.card : ramp(Math.abs(share)),
        );
      }
      return fills.get(value);
    };
    if (small)
      pen.cells(
        LABEL,
        HEAD,
        this.columns.length * size,
        this.rows.length * this.row,
        this.rows.length,
        this.columns.length,
        (i, j) => fillOf(this.cells[i][j]),
      );
    this.columns.forEach(
      (column, i) =>
        i % every === 0 &&
        pen.text(LABEL + (i + 0.5) * size, HEAD / 2, column.short, {
          fill: colour.quiet,
          size: 10,
          align: "center",
          font,
        }),
    );
    this.rows.forEach((row, i) => {
      const y = HEAD + i * this.row;
      const chosen = this.tokens.chosen.has(row.id);
      if (this.row >= 11) {
        const name = this.tokens.name(row.id);
        pen.text(LABEL - 6, y + this.row / 2, row.size > 1 ? `${name} ×${row.size}` : name, {
          fill: chosen ? colour.live : colour.ink,
          size: 11,
          align: "right",
          weight: chosen ? 700 : 400,
          font,
        });
      }
      if (!small)
        this.cells[i].forEach((value, j) => {
          const share = shadeOf(value, this.most);
          pen.rect(LABEL + j * size, y, size - 1, this.row - 1, { fill: fillOf(value) });
          if (value !== 0 && size >= 20 && this.row >= 14) {
            const text = (Math.abs(value) < 1000 ? String(value) : `${Math.round(value / 1000)}k`).replace("-", "−");
            pen.text(LABEL + (j + 0.5) * size, y + this.row / 2, text, {
              fill: Math.abs(share) > 0.45 ? colour.card : colour.ink,
              size: 10,
              align: "center",
              font,
            });
          }
        });
    });
    pen.path(
      [
        [LABEL - 1, HEAD - 1],
        [LABEL - 1, HEAD + this.rows.length * this.row],
        [LABEL + this.columns.length * size, HEAD + this.rows.length * this.row],
      ],
      { stroke: colour.line },
    );
    if (this.canvas.focused) {
      const [x, y] = [LABEL + this.at.column * size, HEAD + this.at.row * this.row];
      const [right, bottom] = [x + Math.max(size - 1, LEAST_ROW), y + Math.max(this.row - 1, LEAST_ROW)];
      const frame = [[x, y], [right, y], [right, bottom], [x, bottom], [x, y]];
      pen.path(frame, { stroke: colour.card, width: 4 });
      pen.path(frame, { stroke: colour.ink, width: 2 });
    }
  }
}

export class LatticePanel {
  static title = "Lattice";

  constructor({ path, run, clock, address, tokens }) {
    Object.assign(this, { path, run, clock, address, tokens });
    this.cells = new Grid({
      title: "Cells from the medoid",
      tokens,
      across: "component",
      name: `${run.name}-lattice`,
      caption: "Signed cells of the bfloat16 grid from the medoid, by component.",
      read:
        "Distinct rows against components. Blue lies below the medoid's value, orange above; " +
        "a difference of one cell can be seen.",
    });
    this.distances = new Grid({
      title: "Distances in cells",
      tokens,
      across: "distance",
      name: `${run.name}-distances`,
      caption: "L-infinity distances between distinct rows, in cells.",
      read: "The largest difference of two rows in any component, in cells of the bfloat16 grid: 1 is a neighbour.",
    });
    this.cells.figure.tools.append(this.choice());
    this.node = element("div", { class: "lattice" }, this.cells.figure.node, this.distances.figure.node);
    this.request = new Latest((step, of) => this.load(step, of));
    this.again = 0;
    this.missed = false;
    const entered = () => this.missed && this.tick(true);
    this.sights = [this.cells, this.distances].map(grid => new Sight(grid.figure.node, entered));
    this.ends = [
      clock.listen(() => this.tick()),
      tokens.listen(() => (this.which === "chosen" ? this.tick(true) : this.redraw())),
      address.listen(changed => (changed.has("of") || changed.has("rows")) && this.tick(true)),
    ];
    this.tick();
  }

  /** Dead tokens where there are any: live ones are too far apart for a lattice. */
  get of() {
    return this.address.get("of", this.run.tokens.some(token => token.dead) ? "dead" : "all");
  }

  /** More was recorded: told less often than the clock moves by itself, which costs a run under way too much here. */
  extend() {
    if (this.inView) this.tick(true);
    else this.missed = true;
  }

  get inView() {
    return this.sights.some(sight => sight.inView);
  }

  tick(although = false) {
    if (!although && (this.clock.growing || (this.clock.playing && performance.now() < this.again))) return;
    this.missed = !although && this.clock.playing && !this.inView;
    if (this.missed) return;
    const wanted = JSON.stringify([this.clock.shown, this.which, this.asked(this.of)]);
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.request.want(this.clock.shown, this.of);
  }

  /** Which rows are shown: usual, holes or chosen. */
  get which() {
    return this.address.get("rows", "usual");
  }

  asked(of) {
    const ids = [...this.tokens.chosen].slice(0, MOST_CHOSEN);
    return this.which === "chosen" && ids.length > 0 ? { ids: ids.join(",") } : { of };
  }

  choice() {
    const node = element(
      "select",
      { "aria-label": "Rows of the lattice" },
      ...[
        ["usual", "the most common rows"],
        ["holes", "black holes alone"],
        ["chosen", "rows of chosen tokens"],
      ].map(([value, name]) => element("option", { value }, name)),
    );
    follow(this.address, node, () => this.which);
    node.addEventListener("change", () => this.address.set({ rows: node.value === "usual" ? null : node.value }));
    return node;
  }

  async load(step, of) {
    const began = performance.now();
    try {
      const answer = await askUntilReady(`${this.path}/lattice`, {
        step,
        ...this.asked(of),
      });
      const which = this.which;
      const { medoid, rows, cells, distances, left } = which === "holes" ? holesOf(answer) : answer;
      if (rows.length === 0) throw new Error("There are no such rows at this step.");
      const more = left > 0 ? ` ${many(left, "less common row")} left out.` : "";
      const what =
        `${whose[which] ?? whose[of]} tokens${atStep(this.clock, step)}: ` +
        `${many(rows.length, which === "holes" ? "black hole" : "distinct row")}; ` +
        `the medoid is that of ${this.tokens.name(medoid)}.${more}`;
      this.cells.show(
        rows,
        cells[0].map((_, i) => ({ name: `component ${i}`, full: `component ${i}`, short: String(i) })),
        cells,
        what,
      );
      this.distances.show(
        rows,
        rows.map(row => ({
          name: this.tokens.name(row.id),
          full: `to ${this.tokens.name(row.id)}`,
          short: this.tokens.glyph(row.id),
        })),
        distances,
        what,
      );
    } catch (error) {
      for (const grid of [this.cells, this.distances]) grid.figure.show({ empty: error.message });
    }
    const ended = performance.now();
    this.again = ended + PLAYING_SHARE * (ended - began);
  }

  redraw() {
    this.cells.canvas.update();
    this.distances.canvas.update();
  }

  close() {
    this.ends.forEach(end => end());
  }
}
