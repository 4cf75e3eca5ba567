// Charts as pictures, with their titles and keys, in the page's colours.

const PICTURE = { width: 960, height: 540, margin: 18, title: 52, row: 22 };

/** A chart as SVG. */
function pictureOf(figure, off) {
  const colour = colours();
  const content = figure.draw({ clientWidth: PICTURE.width, clientHeight: PICTURE.height });
  const { keys = [], ...option } = content.option;
  const shown = keys.filter(key => !off.has(key.name));
  const { marks, rows: lines } = keyMarks(shown, colour);
  const head = PICTURE.title + lines * PICTURE.row;
  const height = (content.height ?? PICTURE.height - head) + head;
  for (const part of ["grid", "parallel"]) {
    if (option[part]) option[part] = { ...option[part], top: option[part].top + head };
  }
  option.legend = {
    show: false,
    data: keys.map(key => key.name),
    selected: Object.fromEntries(keys.map(key => [key.name, !off.has(key.name)])),
  };
  option.backgroundColor = colour.card;
  option.title = {
    text: content.title ?? figure.title,
    left: PICTURE.margin,
    top: PICTURE.margin,
    textStyle: {
      color: colour.ink,
      fontSize: 18,
      fontFamily: fontFamily(),
      width: PICTURE.width - 2 * PICTURE.margin,
      overflow: "truncate",
    },
  };
  option.graphic = marks;
  const instance = echarts.init(null, null, { renderer: "svg", ssr: true, width: PICTURE.width, height });
  instance.setOption(option);
  const svg = instance.renderToSVGString();
  instance.dispose();
  return { svg, width: PICTURE.width, height };
}

/** The key to a chart in rows: a sample and a name each. */
function keyMarks(keys, colour) {
  let [x, row] = [PICTURE.margin, 0];
  const marks = keys.flatMap(key => {
    const width = 38 + 7.2 * key.name.length;
    if (x > PICTURE.margin && x + width > PICTURE.width - PICTURE.margin) [x, row] = [PICTURE.margin, row + 1];
    const [left, middle] = [x, PICTURE.title + row * PICTURE.row];
    x += width;
    return [
      { type: "circle", silent: true, shape: { cx: left + 8, cy: middle, r: 5 }, style: { fill: key.colour } },
      {
        type: "text",
        silent: true,
        style: {
          text: key.name,
          x: left + 20,
          y: middle,
          verticalAlign: "middle",
          fill: colour.quiet,
          fontSize: 13,
          fontFamily: fontFamily(),
        },
      },
    ];
  });
  return { marks, rows: keys.length === 0 ? 0 : row + 1 };
}

/**
 * Twice as many pixels as the chart has units. Not toBlob: it waits until the page is idle, and a browser refuses files
 * that come seconds after the click.
 */
async function pixelsOf({ svg, width, height }) {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
  await image.decode();
  const canvas = element("canvas", { width: String(2 * width), height: String(2 * height) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const bytes = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1]), byte => byte.charCodeAt(0));
  return new Blob([bytes], { type: "image/png" });
}

/** Buttons that save a figure's chart as SVG and PNG, beside the one that saves its data. */
function pictureButtons(name, figure, off, csv) {
  const svg = element("button", { type: "button" }, "Save as SVG");
  const png = element("button", { type: "button" }, "Save as PNG");
  svg.addEventListener("click", () =>
    saveFile(`${name}.svg`, new Blob([pictureOf(figure, off).svg], { type: "image/svg+xml" })),
  );
  png.addEventListener("click", async () => saveFile(`${name}.png`, await pixelsOf(pictureOf(figure, off))));
  return element("div", { class: "saves" }, svg, png, csv);
}
