// A figure of the page: heading, how to read it, the picture, what it says, its table, and its files.
import { colours, csvOf, element, fontFamily, saveFile, tableOf } from "/charts/charts.js";
import { beforePaint } from "./frame.js";
import { CanvasPen, SvgPen } from "./pen.js";
import { exact } from "./words.js";

let figures = 0;

/** What draws the picture of an element as SVG. */
export const pictures = new WeakMap();

/**
 * A figure with an empty body. What show() is given may have {label, note, table, file, empty}; empty says why there is
 * no picture; file() makes the table of the file where that has more than the one on screen. exports has svg() and
 * png(), which make files of the picture.
 */
export class Figure {
  constructor({ title, read, name, wide = false }) {
    this.name = name;
    this.title = title;
    this.heading = element("h3", { id: `figure-${++figures}` }, title);
    this.tools = element("div", { class: "choices" });
    this.keys = element("div", { class: "keys" });
    this.picture = element("div", { class: "picture" });
    this.note = element("p", { class: "note" });
    this.table = element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${title}, table` });
    this.fold = element("details", {}, element("summary", {}, "Table"), this.table);
    this.files = element("div", { class: "files", role: "group", "aria-label": `Save: ${title}` });
    this.node = element("section", { class: wide ? "figure wide" : "figure", "aria-labelledby": this.heading.id },
      this.heading, element("p", { class: "read" }, read), this.tools, this.keys, this.picture, this.note,
      element("div", { class: "foot" }, this.fold, this.files));
    this.content = null;
    this.fold.addEventListener("toggle", () => this.#fillTable());
  }

  /** Offers files of the picture, and its table. */
  offer({ svg, png }) {
    const button = (kind, save) => {
      const node = element("button", { type: "button", "aria-label": `Save as ${kind}: ${this.title}` }, kind);
      node.addEventListener("click", save);
      return node;
    };
    if (svg)
      this.files.append(
        button("SVG", () => saveFile(`${this.name}.svg`, new Blob([svg()], { type: "image/svg+xml" }))),
      );
    if (png) this.files.append(button("PNG", async () => saveFile(`${this.name}.png`, await png())));
    this.files.append(
      button("CSV", async () => {
        const table = this.content?.file ?? this.content?.table;
        if (table) saveFile(`${this.name}.csv`, csvOf(await table()));
      }),
    );
    return this;
  }

  retitle(title, name) {
    this.heading.textContent = title;
    this.title = title;
    this.name = name ?? this.name;
  }

  show(content) {
    this.content = content;
    this.picture.hidden = !!content.empty;
    this.keys.hidden = !!content.empty;
    this.fold.parentNode.hidden = !content.table;
    write(this.note, content.empty ?? content.note ?? "");
    this.note.hidden = this.note.textContent === "";
    if (content.label) this.picture.firstChild?.setAttribute("aria-label", content.label);
    this.#fillTable();
  }

  #fillTable() {
    if (this.fold.open && this.content?.table) this.table.replaceChildren(tableOf(this.content.table(), exact));
  }
}

/** Writes a text where it differs: the same text written again would be laid out and painted again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

let darkness = null;
let look = null;

/** Colours and font of the page, asked again only when the theme changed: a run under way is painted every second. */
export function appearance() {
  darkness ??= matchMedia("(prefers-color-scheme: dark)");
  const theme = `${document.documentElement.dataset.theme} ${darkness.matches}`;
  if (look?.theme !== theme) look = { theme, colour: colours(), font: fontFamily() };
  return look;
}

/** Knows whether an element is in view, or nearly, and calls entered() when it comes there. */
export class Sight {
  constructor(node, entered) {
    this.inView = true;
    new IntersectionObserver(
      entries => {
        const now = entries.at(-1).isIntersecting;
        const enters = now && !this.inView;
        this.inView = now;
        if (enters) entered();
      },
      { rootMargin: "100px" },
    ).observe(node);
  }
}

/**
 * A picture that a function paints: paint(pen, {width, height, colour, font}), which answers false where there is
 * nothing to paint yet. It is painted again when its size changes. Out of view it is painted once, and again when it
 * comes into view. One that has keys, which are said to who comes to it, takes the focus, and say() tells what they
 * lead to.
 */
export class Canvas {
  #waiting = null;
  #width = null;
  #painted = false;
  #stale = false;

  constructor(figure, { height, paint, label, keys = null }) {
    this.paint = paint;
    this.height = height;
    this.node = element("canvas", { role: "img", "aria-label": label });
    figure.picture.append(this.node);
    if (keys) this.#takeKeys(figure, keys);
    pictures.set(this.node, () => this.svg());
    this.node.style.height = `${height}px`;
    // asked of the node itself, it would lay out the page in the middle of a frame
    this.observer = new ResizeObserver(entries => {
      this.#width = entries.at(-1).contentRect.width;
      this.update();
    });
    this.observer.observe(this.node);
    this.sight = new Sight(this.node, () => this.#stale && this.update());
    figure.offer({ svg: () => this.svg(), png: () => this.png() });
  }

  #takeKeys(figure, keys) {
    const hint = element("p", { id: `${figure.heading.id}-keys`, hidden: "" }, keys);
    this.spoken = element("p", { class: "unseen", role: "status" });
    figure.picture.append(hint, this.spoken);
    for (const [name, value] of [
      ["tabindex", "0"],
      ["role", "application"],
      ["aria-roledescription", "chart"],
      ["aria-describedby", hint.id],
    ])
      this.node.setAttribute(name, value);
    for (const kind of ["focus", "blur"]) this.node.addEventListener(kind, () => this.update());
  }

  /** Whether it has the focus, and shows it: not after a click. */
  get focused() {
    return this.node.matches(":focus-visible");
  }

  say(text) {
    write(this.spoken, text);
  }

  resize(height) {
    if (height === this.height) return;
    this.height = height;
    this.node.style.height = `${height}px`;
  }

  get width() {
    return this.#width ?? this.node.clientWidth;
  }

  #space() {
    const { colour, font } = appearance();
    return { width: this.width, height: this.height, colour, font };
  }

  /** Paints before the next paint of the page, or when it is in view. */
  update() {
    this.#stale = true;
    if (this.#painted && !this.sight.inView) return;
    this.#waiting ??= beforePaint(() => {
      this.#waiting = null;
      this.#draw(this.node, devicePixelRatio || 1);
    });
  }

  #draw(canvas, ratio) {
    const space = this.#space();
    if (space.width === 0) return;
    if (canvas === this.node) this.#stale = false;
    const [width, height] = [Math.round(space.width * ratio), Math.round(space.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = space.colour.card;
    context.fillRect(0, 0, space.width, space.height);
    const drawn = this.paint(new CanvasPen(context), space) !== false;
    if (canvas === this.node) this.#painted = drawn;
  }

  svg() {
    const pen = new SvgPen();
    const space = this.#space();
    this.paint(pen, space);
    return pen.file(space.width, space.height, space.colour.card);
  }

  png() {
    const canvas = element("canvas");
    this.#draw(canvas, 2);
    return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
  }
}

/** A picture by ECharts. */
export class Chart {
  constructor(figure, { height = 300, label }) {
    this.figure = figure;
    this.node = element("div", { class: "chart", role: "img", "aria-label": label });
    this.drawing = element("div");
    this.drawing.style.height = `${height}px`;
    this.node.append(this.drawing);
    figure.picture.append(this.node);
    pictures.set(this.drawing, () => (this.instance ? this.svg() : null));
    this.instance = null;
    this.off = new Set();
    this.stale = false;
    this.sight = new Sight(this.node, () => this.stale && this.#draw());
    this.changed = () => {};
    new ResizeObserver(() => {
      if (!this.instance || this.stale) return;
      if (this.node.clientWidth === 0 || this.node.clientWidth === this.instance.getWidth()) return;
      this.instance.resize();
      this.changed();
    }).observe(this.node);
    figure.offer({ svg: () => this.svg(), png: () => this.png() });
  }

  show({ keys, ...option }) {
    const fresh = !this.instance;
    this.instance ??= echarts.init(this.drawing, null, { renderer: "canvas" });
    this.option = {
      ...option,
      legend: {
        show: false,
        data: keys.map(key => key.name),
        selected: Object.fromEntries(keys.map(key => [key.name, !this.off.has(key.name)])),
      },
    };
    this.stale = true;
    if (fresh || this.sight.inView) this.#draw();
  }

  /** Draws what was shown last, once it is in view or its picture is asked for. */
  #draw() {
    this.stale = false;
    if (this.node.clientWidth !== this.instance.getWidth()) this.instance.resize();
    this.instance.setOption(this.option, { notMerge: true });
    this.changed();
  }

  toggle(name) {
    if (this.stale) this.#draw();
    this.option.legend.selected[name] = !this.off.has(name); // as files of the picture have it
    this.instance.dispatchAction({ type: "legendToggleSelect", name });
  }

  svg() {
    const copy = echarts.init(null, null, {
      renderer: "svg",
      ssr: true,
      width: this.instance.getWidth(),
      height: this.instance.getHeight(),
    });
    copy.setOption({ ...this.option, backgroundColor: colours().card });
    const text = copy.renderToSVGString();
    copy.dispose();
    return text;
  }

  png() {
    if (this.stale) this.#draw();
    const canvas = this.instance.renderToCanvas({ pixelRatio: 2, backgroundColor: colours().card });
    return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
  }
}
