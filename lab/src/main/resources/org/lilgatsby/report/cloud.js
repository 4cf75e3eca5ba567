// The rows in the plane of their principal components, frame by frame.

const cloud = timeline.cloud;
const isDead = new Set(findings.corpus.dead_ids);
const drawnDead = cloud.tokens.filter(token => isDead.has(token));

function shorts(base64) {
  const text = atob(base64);
  return Array.from({ length: text.length / 2 }, (_, i) => text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 8));
}

function placesIn(base64, box) {
  const shares = shorts(base64);
  return Array.from({ length: shares.length / 2 }, (_, i) => [0, 1].map(axis =>
    box[2 * axis] + shares[2 * i + axis] / 65535 * (box[2 * axis + 1] - box[2 * axis])));
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

/** Ranges of both axes with the same units a pixel, round the box and in the middle of the chart. */
function isotropic(box, chart) {
  const width = Math.max(80, chart.clientWidth - 80);
  const height = Math.max(80, chart.clientHeight - 86);
  const spans = [box[1] - box[0], box[3] - box[2]];
  const unit = Math.max(spans[0] / width, spans[1] / height, 1e-30) * 1.12 || 1;
  return [0, 1].map(axis => {
    const middle = (box[2 * axis] + box[2 * axis + 1]) / 2;
    const half = unit * (axis === 0 ? width : height) / 2;
    return [middle - half, middle + half];
  });
}

function cloudOption(points, ranges, names) {
  const colour = colours();
  const line = (range, name, vertical) => ({
    type: "value", min: range[0], max: range[1], ...axisName(name, vertical, colour),
    axisLabel: { color: colour.quiet, formatter: short, showMinLabel: false, showMaxLabel: false, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: colour.line }, onZero: false }, splitLine: { lineStyle: { color: colour.grid } }, splitNumber: 4,
  });
  const kinds = { live: "live", dead: "dead", mixed: "live and dead in one" };
  const option = frame(colour, {
    xAxis: line(ranges[0], names[0], false), yAxis: line(ranges[1], names[1], true),
    series: Object.entries(kinds).map(([kind, name]) => ({
      name, type: "scatter", color: colour[kind], symbol: { live: "diamond", dead: "circle", mixed: "rect" }[kind],
      itemStyle: { color: colour[kind], opacity: 0.8, borderColor: colour.card, borderWidth: 1 },
      label: { show: true, formatter: point => (point.data.tokens.length > 1 ? String(point.data.tokens.length) : ""), color: colour.card, fontSize: 11, fontWeight: 600 },
      data: points.filter(point => point.kind === kind).map(point => ({
        value: point.place, tokens: point.tokens, symbolSize: Math.min(52, 8 + 6 * Math.sqrt(point.tokens.length - 1)),
      })),
    })).filter(series => series.data.length > 0),
  });
  option.keys = Object.entries(kinds).filter(([kind]) => points.some(point => point.kind === kind))
    .map(([kind, name]) => ({ name, colour: colour[kind], shape: { live: "diamond", dead: "dot", mixed: "area" }[kind] }));
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
    caption, headings: ["tokens", "first", "second", "ids"],
    rows: points.map(point => [point.tokens.length, point.place[0], point.place[1], point.tokens.map(tokenName).join(", ")]),
  };
}

const left = cloud.tokens.length < cloud.drawn_of ? ` ${written(cloud.tokens.length)} of ${written(cloud.drawn_of)} rows are drawn.` : "";

figures["cloud"] = {
  title: "All rows, in the plane of their principal components",
  read: `The plane is that of the last state and stays fixed; it holds ${percent(cloud.shares[0])} and ${percent(cloud.shares[1])} of its variance. A number is the tokens in a black hole, drawn by size. Both axes have the same scale.${left}`,
  uses: ["step"],
  draw(chart) {
    const places = placesIn(cloud.frames[state.frame].places, cloud.box);
    const points = pointsAt(state.frame, i => places[i], () => true);
    return {
      option: cloudOption(points, isotropic(cloud.box, chart), ["first principal component", "second principal component"]),
      label: `Scatter chart of ${cloud.tokens.length} rows at step ${cloud.steps[state.frame]}: ${points.length} distinct.`,
      table: pointTable(`Groups of equal rows at step ${written(cloud.steps[state.frame])}, with their places in the plane.`, points),
    };
  },
};

figures["dead-cloud"] = {
  title: "The dead rows about their own centroid",
  read: "The same at the scale of the dead rows, which changes with the step: look at the axes. Their common motion is taken out; what is left is their structure.",
  uses: ["step"],
  draw(chart) {
    const frame = cloud.frames[state.frame];
    if (drawnDead.length === 0) return { empty: "No token is dead." };
    const numberOf = new Map(drawnDead.map((token, i) => [token, i]));
    const places = placesIn(frame.dead_places, frame.dead_box);
    const points = pointsAt(state.frame, i => places[numberOf.get(cloud.tokens[i])], i => isDead.has(cloud.tokens[i]));
    const span = Math.max(frame.dead_box[1] - frame.dead_box[0], frame.dead_box[3] - frame.dead_box[2]);
    const box = span > 0 ? frame.dead_box : [-1e-6, 1e-6, -1e-6, 1e-6];
    return {
      option: cloudOption(points, isotropic(box, chart), ["first principal component", "second principal component"]),
      label: `Scatter chart of ${drawnDead.length} dead rows at step ${cloud.steps[state.frame]}: ${points.length} distinct.`,
      note: points.length === 1 ? "All dead rows are equal bit for bit at this step." : `${points.length} distinct dead rows at this step.`,
      table: pointTable(`Groups of equal dead rows at step ${written(cloud.steps[state.frame])}, relative to their centroid.`, points),
    };
  },
};

figures["graph"] = {
  title: "Adjacency of the distinct dead rows at the end",
  read: "A line joins two rows whose largest difference in any component is at most 2 epsilon (epsilon = centroid norm × 2⁻⁷). A number is the tokens in a black hole.",
  uses: [],
  draw() {
    const colour = colours();
    const graph = timeline.graph;
    if (!graph) return { empty: findings.corpus.dead === 0 ? "No token is dead." : "There are too many distinct dead rows for a picture; the figures are under “All numbers”." };
    const topology = findings.topology;
    const option = frame(colour, {
      series: [{
        type: "graph", layout: "circular", circular: { rotateLabel: false }, roam: false, left: 30, right: 30, top: 30, bottom: 30,
        lineStyle: { color: colour.quiet, opacity: Math.max(0.12, Math.min(0.7, 12 / graph.edges.length ** 0.5 / 2)), width: 1 },
        itemStyle: { color: colour.dead }, emphasis: { focus: "adjacency" },
        label: { show: true, formatter: node => (node.data.tokens.length > 1 ? String(node.data.tokens.length) : ""), color: colour.card, fontWeight: 600, fontSize: 11 },
        data: graph.nodes.map((tokens, i) => ({ id: String(i), name: String(i), tokens, symbolSize: Math.min(44, 11 + 5 * Math.sqrt(tokens.length - 1)) })),
        links: graph.edges.map(([a, b]) => ({ source: String(a), target: String(b) })),
      }],
    });
    option.tooltip.formatter = hit => (hit.dataType === "node"
      ? tip(hit.data.tokens.length > 1 ? `black hole of ${hit.data.tokens.length} tokens` : "singleton", [[colour.dead, hit.data.tokens.map(tokenName).join(", "), ""]])
      : "");
    const note = topology.nodes === 1
      ? "All dead rows are one point: no pair to compare."
      : `${written(topology.edges)} of ${written(topology.possible_edges)} pairs are adjacent (density ${written(topology.density)}); the largest L-infinity distance is ${written(topology.linf.max)}, 2 epsilon is ${written(topology.threshold)}.${graph.left_out > 0 ? ` ${written(graph.left_out)} lines are too many to draw.` : ""}`;
    return {
      option, note, label: "Graph. " + note,
      table: { caption: "Distinct dead rows.", headings: ["row", "tokens", "ids", "adjacent rows"], rows: graph.nodes.map((tokens, i) => [i + 1, tokens.length, tokens.map(tokenName).join(", "), graph.edges.filter(edge => edge.includes(i)).length]) },
    };
  },
};
