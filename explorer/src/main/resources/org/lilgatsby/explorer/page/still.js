// A still of everything in view, as one SVG: the charts as they draw themselves, and the text, lines and areas
// around them.
import { pictures } from "./figure.js";
import { escaped } from "./pen.js";

const LEFT_OUT = ".unseen, .files, .foot, .floating, .picker, script, style, datalist";
const SIDES = ["Top", "Right", "Bottom", "Left"];
const LONGEST_SIDE = 16000;

const round = number => Number(number.toFixed(2));
const isSeen = colour => colour !== "transparent" && !/^rgba\(.*, 0\)$/.test(colour);

/** Texts that stand on one line each, of [text, box]s in the order of reading. */
export function linesOf(words) {
  const lines = [];
  for (const [text, box] of words) {
    const line = lines.at(-1);
    if (line && Math.abs(line.top - box.top) < box.height / 2) {
      line.text += ` ${text}`;
      line.right = box.right;
    } else {
      lines.push({ text, left: box.left, right: box.right, top: box.top, height: box.height });
    }
  }
  return lines;
}

class Still {
  #parts = [];
  #clips = 0;

  constructor(root) {
    const box = root.getBoundingClientRect();
    this.origin = [box.left, box.top];
    this.size = [Math.ceil(box.width), Math.ceil(box.height)];
  }

  #at(box) {
    return [round(box.left - this.origin[0]), round(box.top - this.origin[1])];
  }

  #area(box, style) {
    const [x, y] = this.#at(box);
    const widths = SIDES.map(side =>
      style[`border${side}Style`] === "none" ? 0 : parseFloat(style[`border${side}Width`]),
    );
    const even = widths.every(width => width > 0 && width === widths[0]);
    const fill = isSeen(style.backgroundColor) ? style.backgroundColor : "none";
    if (fill !== "none" || even) {
      const inset = even ? widths[0] / 2 : 0;
      this.#parts.push(
        `<rect x="${round(x + inset)}" y="${round(y + inset)}" ` +
          `width="${round(Math.max(0, box.width - 2 * inset))}" ` +
          `height="${round(Math.max(0, box.height - 2 * inset))}" ` +
          `rx="${parseFloat(style.borderTopLeftRadius) || 0}" fill="${fill}"` +
          (even && isSeen(style.borderTopColor)
            ? ` stroke="${style.borderTopColor}" stroke-width="${widths[0]}"` : "") +
          ` opacity="${style.opacity}"/>`,
      );
    }
    if (even) return;
    const ends = [
      [0, 0, 1, 0],
      [1, 0, 1, 1],
      [0, 1, 1, 1],
      [0, 0, 0, 1],
    ];
    widths.forEach((width, i) => {
      const colour = style[`border${SIDES[i]}Color`];
      if (width === 0 || !isSeen(colour)) return;
      const [x1, y1, x2, y2] = ends[i].map((share, axis) =>
        round((axis % 2 === 0 ? x : y) + share * (axis % 2 === 0 ? box.width : box.height)),
      );
      this.#parts.push(
        `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="${width}"/>`,
      );
    });
  }

  #text(text, box, style) {
    const [x, y] = this.#at(box);
    const written = style.textTransform === "uppercase" ? text.toUpperCase() : text;
    this.#parts.push(
      `<text x="${x}" y="${round(y + box.height / 2)}" fill="${style.color}" ` +
        `font-size="${parseFloat(style.fontSize)}" font-weight="${style.fontWeight}" ` +
        `font-style="${style.fontStyle}" font-family="${escaped(style.fontFamily.replaceAll('"', "'"))}" ` +
        `textLength="${round(box.right - box.left)}" lengthAdjust="spacingAndGlyphs" ` +
        `dominant-baseline="central">${escaped(written)}</text>`,
    );
  }

  #words(node, style) {
    const range = document.createRange();
    const words = [...node.data.matchAll(/\S+/g)]
      .map(word => {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        return [word[0], range.getBoundingClientRect()];
      })
      .filter(([, box]) => box.width > 0);
    for (const line of linesOf(words)) this.#text(line.text, line, style);
  }

  /** What stands in a field, or how far a slider is. */
  #field(node, box, style) {
    if (node.type === "range") {
      const share = (node.value - node.min) / (node.max - node.min || 1);
      const [x, y] = this.#at(box);
      const [middle, at] = [round(y + box.height / 2), round(x + 8 + share * (box.width - 16))];
      this.#parts.push(
        `<line x1="${x + 8}" y1="${middle}" x2="${round(x + box.width - 8)}" y2="${middle}" ` +
          `stroke="${style.color}" stroke-width="2" opacity="0.4"/><circle cx="${at}" cy="${middle}" r="7" ` +
          `fill="${style.accentColor === "auto" ? style.color : style.accentColor}"/>`,
      );
      return;
    }
    if (node.type === "checkbox") return;
    const text = (node.selectedOptions ? node.selectedOptions[0]?.textContent : node.value) ?? "";
    if (text.trim() === "") return;
    const context = document.createElement("canvas").getContext("2d");
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const width = Math.min(box.width, context.measureText(text).width);
    const left =
      style.textAlign === "right"
        ? box.right - parseFloat(style.paddingRight) - width
        : box.left + parseFloat(style.paddingLeft) + 2;
    this.#text(text.trim(), { left, right: left + width, top: box.top, height: box.height }, style);
  }

  #picture(node, box) {
    const [x, y] = this.#at(box);
    const svg = pictures.get(node)?.();
    if (svg) this.#parts.push(svg.trim().replace("<svg ", `<svg x="${x}" y="${y}" `));
    else if (node.width > 0 && node.height > 0)
      this.#parts.push(
        `<image x="${x}" y="${y}" width="${round(box.width)}" height="${round(box.height)}" ` +
          `href="${node.toDataURL()}"/>`,
      );
  }

  add(node) {
    if (node.nodeType === Node.TEXT_NODE) return this.#words(node, getComputedStyle(node.parentNode));
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return;
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return;
    if (style.display !== "contents" && box.width > 0) this.#area(box, style);
    if (pictures.has(node) || node.tagName === "CANVAS") return box.width > 0 && this.#picture(node, box);
    if (node.matches("input, select, textarea")) return this.#field(node, box, style);
    const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
    if (clips) {
      const [x, y] = this.#at(box);
      const id = `seen-${++this.#clips}`;
      this.#parts.push(
        `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${round(box.width)}" ` +
          `height="${round(box.height)}"/></clipPath><g clip-path="url(#${id})">`,
      );
    }
    const shown =
      node.tagName === "DETAILS" && !node.open
        ? [...node.children].filter(child => child.tagName === "SUMMARY")
        : node.childNodes;
    for (const child of shown) this.add(child);
    if (clips) this.#parts.push("</g>");
  }

  file(ground) {
    const [width, height] = this.size;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ` +
      `${height}"><rect width="100%" height="100%" fill="${ground}"/>${this.#parts.join("")}</svg>\n`;
  }
}

/** Everything in an element as a file of SVG, scrolled or not; what is folded or only a button to save is left out. */
export function stillOf(root) {
  document.documentElement.classList.add("still");
  try {
    const still = new Still(root);
    for (const child of root.childNodes) still.add(child);
    return still.file(getComputedStyle(document.body).backgroundColor);
  } finally {
    document.documentElement.classList.remove("still");
  }
}

/** A file of SVG as one of PNG, twice as large unless that is more than browsers draw. */
export async function pngOf(svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(2, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    Object.assign(canvas, {
      width: Math.round(image.naturalWidth * scale),
      height: Math.round(image.naturalHeight * scale),
    });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise(resolve => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
