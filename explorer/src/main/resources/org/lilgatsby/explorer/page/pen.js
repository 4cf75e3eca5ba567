// Draws the same picture on a canvas, or as an SVG file. Coordinates are pixels; styles are {fill, stroke, width,
// opacity, dash}.

const parts = new Map();

/** Red, green and blue of a colour of CSS, from 0 to 255. */
function partsOf(colour, context) {
  if (!parts.has(colour)) {
    context.fillStyle = colour;
    const digits = Number.parseInt(context.fillStyle.slice(1), 16);
    parts.set(colour, [digits >> 16, (digits >> 8) & 255, digits & 255]);
  }
  return parts.get(colour);
}

/** A picture of one pixel a cell; colourOf(row, column) is opaque. */
function pixelsOf(rows, columns, colourOf) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += 4) {
      const [red, green, blue] = partsOf(colourOf(row, column), context);
      image.data[at] = red;
      image.data[at + 1] = green;
      image.data[at + 2] = blue;
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Draws on a canvas's context. */
export class CanvasPen {
  #face = null;

  constructor(context) {
    this.context = context;
  }

  #paint({ fill, stroke, width = 1, opacity = 1, dash = [] }) {
    const context = this.context;
    context.globalAlpha = opacity;
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    if (stroke) {
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  rect(x, y, width, height, style) {
    if (style.fill && !style.stroke) {
      this.context.globalAlpha = style.opacity ?? 1;
      this.context.fillStyle = style.fill;
      this.context.fillRect(x, y, width, height);
      this.context.globalAlpha = 1;
      return;
    }
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.#paint(style);
  }

  circle(x, y, radius, style) {
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.#paint(style);
  }

  /** A line through points, or a filled shape. */
  path(points, style) {
    this.context.beginPath();
    points.forEach(([x, y], i) => (i === 0 ? this.context.moveTo(x, y) : this.context.lineTo(x, y)));
    this.#paint(style);
  }

  /** Very many small cells: a grid of them in a rectangle. */
  cells(x, y, width, height, rows, columns, colourOf) {
    this.context.imageSmoothingEnabled = width < columns || height < rows;
    this.context.drawImage(pixelsOf(rows, columns, colourOf), x, y, width, height);
  }

  text(x, y, text, { fill, size = 12, align = "left", weight = 400, font }) {
    const face = `${weight} ${size}px ${font}`;
    if (face !== this.#face) this.context.font = this.#face = face; // set again, it would be parsed again
    this.context.textAlign = align;
    this.context.textBaseline = "middle";
    this.context.fillStyle = fill;
    this.context.fillText(text, x, y);
  }
}

/** A text within XML. */
export const escaped = text =>
  String(text)
    .replace(/[&<>"]/g, letter => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter])
    .replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
const short = number => Number(number.toFixed(2));

/** Writes an SVG file. */
export class SvgPen {
  #parts = [];

  #style({ fill = "none", stroke, width = 1, opacity, dash = [] }) {
    return (
      ` fill="${fill}"` +
      (stroke ? ` stroke="${stroke}" stroke-width="${width}"` : "") +
      (opacity === undefined ? "" : ` opacity="${opacity}"`) +
      (dash.length > 0 ? ` stroke-dasharray="${dash.join(" ")}"` : "")
    );
  }

  rect(x, y, width, height, style) {
    this.#parts.push(
      `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${this.#style(style)}/>`,
    );
  }

  circle(x, y, radius, style) {
    this.#parts.push(`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}"${this.#style(style)}/>`);
  }

  path(points, style) {
    this.#parts.push(
      `<polyline points="${points.map(point => point.map(short).join(",")).join(" ")}"${this.#style(style)}/>`,
    );
  }

  cells(x, y, width, height, rows, columns, colourOf) {
    this.#parts.push(
      `<image x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ` +
        `preserveAspectRatio="none" style="image-rendering:pixelated" ` +
        `href="${pixelsOf(rows, columns, colourOf).toDataURL()}"/>`,
    );
  }

  text(x, y, text, { fill, size = 12, align = "left", weight = 400, font }) {
    const anchor = { left: "start", center: "middle", right: "end" }[align];
    this.#parts.push(
      `<text x="${short(x)}" y="${short(y)}" fill="${fill}" font-size="${size}" font-weight="${weight}" ` +
        `font-family="${escaped(font.replaceAll('"', "'"))}" text-anchor="${anchor}" ` +
        `dominant-baseline="central">${escaped(text)}</text>`,
    );
  }

  file(width, height, ground) {
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ` +
      `${height}"><rect width="100%" height="100%" fill="${ground}"/>${this.#parts.join("")}</svg>\n`
    );
  }
}
