// The rows in the plane of their principal components, frame by frame.

const cloud = timeline.cloud;
const isDead = new Set(findings.corpus.dead_ids);
const drawnDead = cloud.tokens.filter(token => isDead.has(token));

function shorts(base64) {
  const text = atob(base64);
  return Array.from({ length: text.length / 2 }, (_, i) => text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 8));
}

/** Pairs of x and y, encoded as float32. */
function placesOf(base64) {
  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 8 }, (_, i) => [
    view.getFloat32(8 * i, true),
    view.getFloat32(8 * i + 4, true),
  ]);
}

/** The smallest box around some places: x, x, y, y. */
function boxOf(places) {
  return [0, 1].flatMap(axis => {
    const along = places.map(place => place[axis]);
    return [along.reduce((a, b) => Math.min(a, b)), along.reduce((a, b) => Math.max(a, b))];
  });
}

/** Groups of equal rows at a frame: token ids, largest first. */
function holesAt(frame) {
  const leaders = shorts(cloud.frames[frame].holes);
  const members = new Map();
  leaders.forEach((leader, i) => members.set(leader, [...(members.get(leader) ?? []), i]));
  return [...members.values()].sort((a, b) => b.length - a.length);
}

/** Populations of a group of tokens at a frame, largest first; null if not all rows are drawn. */
function populationsAt(frame, group) {
  if (cloud.tokens.length < cloud.drawn_of) return null;
  const counts = holesAt(frame)
    .map(hole => hole.filter(i => group === "all" || isDead.has(cloud.tokens[i]) === (group === "dead")).length)
    .filter(count => count > 0);
  return counts.sort((a, b) => b - a);
}

/** Space for the largest mark at every edge of a chart, in pixels. */
const MARGIN = 28;

/**
 * Ranges of both axes with the same units per pixel, around the box, centred in the chart. A box without extent has no
 * scale: its one point is in the middle, and the axes have no numbers.
 */
function isotropic(box, chart) {
  const size = [Math.max(120, chart.clientWidth - 80), Math.max(120, chart.clientHeight - 78)];
  const spans = [box[1] - box[0], box[3] - box[2]];
  const scaled = spans.some(span => span > 0);
  const unit = scaled ? Math.max(...[0, 1].map(axis => spans[axis] / (size[axis] - 2 * MARGIN))) : 1;
  const ranges = [0, 1].map(axis => {
    const middle = (box[2 * axis] + box[2 * axis + 1]) / 2;
    const half = unit * size[axis] / 2;
    return [middle - half, middle + half];
  });
  return { ranges, unit, scaled };
}

const markSize = point => Math.min(52, 8 + 6 * Math.sqrt(point.tokens.length - 1));

/** Number of marks whose centre lies inside another mark, or that contain another mark's centre. */
function covered(points, { unit }) {
  const near = (a, b) =>
    Math.hypot(a.place[0] - b.place[0], a.place[1] - b.place[1]) < (unit * Math.max(markSize(a), markSize(b))) / 2;
  return points.filter(a => points.some(b => a !== b && near(a, b))).length;
}

function coveredNote(points, scale) {
  const count = covered(points, scale);
  return count === 0
    ? ""
    : ` ${written(count)} of the ${written(points.length)} marks overlap at this scale; ` +
        "the table has them all.";
}

function cloudOption(points, { ranges, scaled }, names) {
  const colour = colours();
  const line = (range, name, vertical) => ({
    type: "value",
    min: range[0],
    max: range[1],
    ...axisName(name, vertical, colour),
    axisTick: { show: scaled },
    axisLabel: {
      show: scaled,
      color: colour.quiet,
      formatter: short,
      showMinLabel: false,
      showMaxLabel: false,
      hideOverlap: true,
    },
    axisLine: { show: true, lineStyle: { color: colour.line }, onZero: false },
    splitLine: { show: scaled, lineStyle: { color: colour.grid } },
    splitNumber: 4,
  });
  const kinds = { live: "live", dead: "dead", mixed: "live and dead together" };
  const option = frame(colour, {
    xAxis: line(ranges[0], names[0], false),
    yAxis: line(ranges[1], names[1], true),
    series: Object.entries(kinds)
      .map(([kind, name]) => ({
        name,
        type: "scatter",
        color: colour[kind],
        symbol: { live: "diamond", dead: "circle", mixed: "rect" }[kind],
        itemStyle: { color: colour[kind], opacity: 0.8, borderColor: colour.card, borderWidth: 1 },
        label: {
          show: true,
          formatter: point => (point.data.tokens.length > 1 ? String(point.data.tokens.length) : ""),
          color: colour.card,
          fontSize: 11,
          fontWeight: 600,
        },
        labelLayout: { hideOverlap: true },
        data: points
          .filter(point => point.kind === kind)
          .map(point => ({
            value: point.place,
            tokens: point.tokens,
            symbolSize: markSize(point),
          })),
      }))
      .filter(series => series.data.length > 0),
  });
  option.keys = Object.entries(kinds)
    .filter(([kind]) => points.some(point => point.kind === kind))
    .map(([kind, name]) => ({
      name,
      colour: colour[kind],
      shape: { live: "diamond", dead: "dot", mixed: "area" }[kind],
    }));
  option.tooltip.trigger = "item";
  option.tooltip.formatter = hit => {
    const tokens = hit.data.tokens;
    const names = tokens.slice(0, 40).map(tokenName).join(", ") + (tokens.length > 40 ? ", …" : "");
    return tip(tokens.length > 1 ? `black hole of ${tokens.length} tokens` : "one token", [[hit.color, names, ""]]);
  };
  return option;
}

function pointsAt(frame, places, keep) {
  return holesAt(frame)
    .map(hole => hole.filter(keep))
    .filter(hole => hole.length > 0)
    .map(hole => {
      const tokens = hole.map(i => cloud.tokens[i]);
      const dead = tokens.filter(token => isDead.has(token)).length;
      return { tokens, place: places(hole[0]), kind: dead === 0 ? "live" : dead === tokens.length ? "dead" : "mixed" };
    });
}

function pointTable(caption, points) {
  return {
    caption,
    headings: ["tokens", "first", "second", "ids"],
    rows: points.map(point => [
      point.tokens.length,
      point.place[0],
      point.place[1],
      point.tokens.map(tokenName).join(", "),
    ]),
  };
}

const left =
  cloud.tokens.length < cloud.drawn_of
    ? ` ${written(cloud.tokens.length)} of ${written(cloud.drawn_of)} rows are drawn.`
    : "";

const NOT_FINITE = "A row is not finite at this step, so it has no place in a plane.";
const allFinite = places => places.every(place => place.every(Number.isFinite));

figures["cloud"] = {
  title: "All rows, in the plane of their principal components",
  read:
    "The plane is that of " +
    `${cloud.pooled ? "all frames together, since the last rows span none" : "the last state"} and stays fixed; it ` +
    `holds ${percent(cloud.shares[0])} and ${percent(cloud.shares[1])} of the variance there. A number is the ` +
    `tokens in a black hole, drawn by size. Both axes have the same scale.${left}`,
  uses: ["step"],
  draw(chart) {
    const frame = cloud.frames[state.frame];
    const places = placesOf(frame.places);
    if (!allFinite(places)) return { empty: NOT_FINITE };
    const points = pointsAt(
      state.frame,
      i => places[i],
      () => true,
    );
    const scale = isotropic(cloud.box, chart);
    const held =
      points.length === 1
        ? "All rows are equal bit for bit at this step."
        : `At this step the plane holds ${percent(frame.share)} of the rows’ variance: ` +
          "the rest is not shown.";
    return {
      option: cloudOption(points, scale, ["first principal component", "second principal component"]),
      label:
        `Scatter chart of ${cloud.tokens.length} rows at step ${cloud.steps[state.frame]}: ` +
        `${points.length} distinct.`,
      note: held + coveredNote(points, scale),
      table: pointTable(
        `Groups of equal rows at step ${written(cloud.steps[state.frame])}, with their places in the plane.`,
        points,
      ),
    };
  },
};

/** Share of the variance from which a plane shows true distances, to the pixel. */
const WHOLE = 0.9999;

figures["dead-cloud"] = {
  title: "The dead rows about their own centroid",
  read:
    "At their own scale, in the plane of their own principal components: both change with the step, so look at " +
    "the axes. Their common motion is removed; their structure remains.",
  uses: ["step"],
  draw(chart) {
    if (drawnDead.length === 0) return { empty: "No token is dead." };
    const dead = cloud.frames[state.frame].dead;
    const numberOf = new Map(drawnDead.map((token, i) => [token, i]));
    const places = placesOf(dead.places);
    if (!allFinite(places)) return { empty: NOT_FINITE };
    const points = pointsAt(
      state.frame,
      i => places[numberOf.get(cloud.tokens[i])],
      i => isDead.has(cloud.tokens[i]),
    );
    const scale = isotropic(boxOf(places), chart);
    return {
      option: cloudOption(points, scale, ["first principal component", "second principal component"]),
      label:
        `Scatter chart of ${drawnDead.length} dead rows at step ${cloud.steps[state.frame]}: ` +
        `${points.length} distinct.`,
      note: deadNote(points.length, dead) + coveredNote(points, scale),
      table: pointTable(
        `Groups of equal dead rows at step ${written(cloud.steps[state.frame])}, relative to their centroid.`,
        points,
      ),
    };
  },
};

function deadNote(distinct, dead) {
  if (distinct === 1) return "All dead rows are equal bit for bit at this step: one point, without a scale.";
  const shown = dead.shares[0] + dead.shares[1];
  const whole = drawnDead.length === isDead.size;
  const rows = whole
    ? `${written(distinct)} distinct dead rows at this step`
    : `${written(drawnDead.length)} of ${written(isDead.size)} dead rows are drawn: ` +
      `${written(distinct)} distinct ones at this step`;
  return (
    `${rows}, at most ${written(dead.largest_distance)} apart (L2). ` +
    (shown >= WHOLE
      ? "They lie in this plane, so that distances are shown as they are."
      : `The plane holds ${percent(dead.shares[0])} and ${percent(dead.shares[1])} of their variance: distances are ` +
        "shown too short where they lead out of it.")
  );
}

figures["graph"] = {
  title: `Adjacency of the distinct dead rows ${atEnd}`,
  read:
    "A line joins two rows whose largest difference in any component is at most 2 epsilon (epsilon = centroid " +
    "norm × 2⁻⁷). A number is the tokens in a black hole.",
  uses: [],
  draw() {
    const colour = colours();
    const graph = timeline.graph;
    if (!graph)
      return {
        empty:
          findings.corpus.dead === 0
            ? "No token is dead."
            : "There are too many distinct dead rows for a picture; the figures are under “All numbers”.",
      };
    const topology = findings.topology;
    const option = frame(colour, {
      series: [
        {
          type: "graph",
          layout: "circular",
          circular: { rotateLabel: false },
          roam: false,
          left: 30,
          right: 30,
          top: 30,
          bottom: 30,
          lineStyle: {
            color: colour.quiet,
            opacity: Math.max(0.12, Math.min(0.7, 12 / graph.edges.length ** 0.5 / 2)),
            width: 1,
          },
          itemStyle: { color: colour.dead },
          emphasis: { focus: "adjacency" },
          label: {
            show: true,
            formatter: node => (node.data.tokens.length > 1 ? String(node.data.tokens.length) : ""),
            color: colour.card,
            fontWeight: 600,
            fontSize: 11,
          },
          data: graph.nodes.map((tokens, i) => ({
            id: String(i),
            name: String(i),
            tokens,
            symbolSize: Math.min(44, 11 + 5 * Math.sqrt(tokens.length - 1)),
          })),
          links: graph.edges.map(([a, b]) => ({ source: String(a), target: String(b) })),
        },
      ],
    });
    option.tooltip.formatter = hit =>
      hit.dataType === "node"
        ? tip(hit.data.tokens.length > 1 ? `black hole of ${hit.data.tokens.length} tokens` : "singleton", [
            [colour.dead, hit.data.tokens.map(tokenName).join(", "), ""],
          ])
        : "";
    const note =
      topology.nodes === 1
        ? "All dead rows are one point: no pair to compare."
        : `${written(topology.edges)} of ${written(topology.possible_edges)} pairs are adjacent (density ` +
          `${written(topology.density)}); the largest L-infinity distance is ${written(topology.linf.max)}, 2 ` +
          `epsilon is ${written(topology.threshold)}.${
            graph.left_out > 0 ? ` ${written(graph.left_out)} lines are too many to draw.` : ""
          }`;
    return {
      option,
      note,
      label: "Graph. " + note,
      table: {
        caption: "Distinct dead rows.",
        headings: ["row", "tokens", "ids", "adjacent rows"],
        rows: graph.nodes.map((tokens, i) => [
          i + 1,
          tokens.length,
          tokens.map(tokenName).join(", "),
          graph.edges.filter(edge => edge.includes(i)).length,
        ]),
      },
    };
  },
};
