// Distributions below each other: for each group, every run as a dot, its quartiles, and its mean.

/** Where the parts of a lane are, in pixels: lanes are lower where they are many. */
const HIGH_LANE = { height: 104, label: 12, dots: 44, room: 38, box: 76, mean: 92 };
const LOW_LANE = { height: 70, label: 11, dots: 32, room: 16, box: 49, mean: 62 };
const MOST_HIGH_LANES = 5;
const MOST_DOTS = 1600;

/** How far each dot is off its line, so that dots at nearly the same place lie beside each other. */
function swarm(places, size, room) {
  const columns = new Map();
  places.forEach((place, i) => {
    const column = Math.round(place / size);
    columns.set(column, [...(columns.get(column) ?? []), i]);
  });
  const most = [...columns.values()].reduce((longest, column) => Math.max(longest, column.length), 1);
  const gap = Math.min(size, room / Math.max(1, most - 1));
  const offsets = places.map(() => 0);
  columns.forEach(column => column.forEach((i, k) => { offsets[i] = (k - (column.length - 1) / 2) * gap; }));
  return offsets;
}

/**
 * A lane for each of {name, colour, values: [{row, value}], distribution, note}. The distribution is that of all runs,
 * whichever are drawn.
 */
function laneChart(chart, { lanes, scale, unit, count = written }) {
  const colour = colours();
  const margins = { left: 18, right: 18, top: 6, bottom: 46 };
  const width = Math.max(200, chart.clientWidth - margins.left - margins.right);
  const { min, max } = scale.axis;
  const form = lanes.length > MOST_HIGH_LANES ? LOW_LANE : HIGH_LANE;
  const top = lane => lane * form.height;
  const drawn = lanes.map(lane => drawnOf(lane.values, Math.max(40, Math.floor(MOST_DOTS / lanes.length))));
  const most = Math.max(...drawn.map(values => values.length));
  const size = most > 300 || most > 60 && form === LOW_LANE ? 4 : most > 60 || form === LOW_LANE ? 6 : 9;
  const dots = lanes.flatMap((lane, at) => {
    const places = drawn[at].map(run => scale.place(run.value));
    const offsets = swarm(places.map(place => (place - min) / (max - min) * width), size, form.room);
    return drawn[at].map((run, i) => ({
      value: [places[i], top(at) + form.dots + offsets[i]],
      run: run.row,
      written: count(run.value),
      itemStyle: { color: lane.colour, opacity: drawn[at].length > 300 ? 0.55 : 0.75 },
    }));
  });
  const there = lanes.map((lane, at) => ({ lane, at })).filter(({ lane }) => lane.distribution);
  const statistics = ({ lane }) =>
    tip(
      lane.name,
      [
        ["mean", "mean"],
        ["median", "median"],
        ["least", "least"],
        ["lower_quartile", "lower quartile"],
        ["upper_quartile", "upper quartile"],
        ["greatest", "greatest"],
      ]
        .map(([key, name]) => [lane.colour, name, written(lane.distribution[key])])
        .concat([[lane.colour, "n", written(lane.distribution.n)]]),
    );
  const drawing = (name, place, draw) => ({
    name, type: "custom", z: 4, color: colour.quiet,
    data: there.map(({ lane, at }) => [scale.place(lane.distribution.mean), top(at) + place]),
    tooltip: { trigger: "item", formatter: hit => statistics(there[hit.dataIndex]) },
    renderItem: ({ dataIndex }, api) => {
      const { lane, at } = there[dataIndex];
      const x = value => api.coord([scale.place(value), 0])[0];
      return { type: "group", children: draw(lane, x, api.coord([0, top(at) + place])[1]) };
    },
  });
  const stroke = (fill, width) => ({ stroke: fill, lineWidth: width, fill: "none" });
  const line = (x1, x2, y1, y2, style) => ({ type: "line", shape: { x1, x2, y1, y2 }, style });
  const labels = {
    type: "custom",
    silent: true,
    z: 1,
    tooltip: { show: false },
    data: lanes.map((_, at) => [min, top(at)]),
    renderItem: ({ dataIndex, coordSys }, api) => ({
      type: "group",
      children: [
        line(
          coordSys.x,
          coordSys.x + coordSys.width,
          api.coord([min, top(dataIndex)])[1],
          api.coord([min, top(dataIndex)])[1],
          stroke(dataIndex === 0 ? "transparent" : colour.grid, 1),
        ),
        {
          type: "text",
          style: {
            text: `${lanes[dataIndex].name}${lanes[dataIndex].note ? ", " + lanes[dataIndex].note : ""}`,
            x: coordSys.x,
            y: api.coord([min, top(dataIndex)])[1] + form.label,
            fill: colour.ink,
            fontWeight: 600,
            fontSize: 13,
            fontFamily: fontFamily(),
            verticalAlign: "middle",
            width: coordSys.width,
            overflow: "truncate",
          },
        },
      ],
    }),
  };
  const option = frame(colour, {
    grid: margins,
    xAxis: axis(scale, colour, unit, false),
    yAxis: { type: "value", inverse: true, min: 0, max: lanes.length * form.height, show: false },
    series: [
      labels,
      {
        name: "each run",
        type: "scatter",
        symbolSize: size,
        color: colour.quiet,
        data: dots,
        z: 3,
        emphasis: { scale: 1.4 },
        tooltip: {
          trigger: "item",
          formatter: hit => tip(runName(hit.data.run), [[hit.data.itemStyle.color, unit, hit.data.written]]),
        },
      },
      drawing("quartiles and range", form.box, ({ distribution: of, colour: fill }, x, y) => [
        line(x(of.least), x(of.lower_quartile), y, y, stroke(fill, 1.5)),
        line(x(of.upper_quartile), x(of.greatest), y, y, stroke(fill, 1.5)),
        line(x(of.least), x(of.least), y - 4, y + 4, stroke(fill, 1.5)),
        line(x(of.greatest), x(of.greatest), y - 4, y + 4, stroke(fill, 1.5)),
        {
          type: "rect",
          shape: {
            x: x(of.lower_quartile),
            y: y - 5,
            width: Math.max(1, x(of.upper_quartile) - x(of.lower_quartile)),
            height: 10,
          },
          style: { fill: colour.card, stroke: fill, lineWidth: 1.5 },
        },
        line(x(of.median), x(of.median), y - 5, y + 5, stroke(fill, 3)),
      ]),
      drawing("mean with its 95 % interval", form.mean, ({ distribution: of, colour: fill }, x, y) => [
        ...(of.mean_interval.low === null
          ? []
          : [
              line(x(of.mean_interval.low), x(of.mean_interval.high), y, y, stroke(fill, 2)),
              line(x(of.mean_interval.low), x(of.mean_interval.low), y - 4, y + 4, stroke(fill, 2)),
              line(x(of.mean_interval.high), x(of.mean_interval.high), y - 4, y + 4, stroke(fill, 2)),
            ]),
        {
          type: "polygon",
          shape: {
            points: [
              [x(of.mean) - 5, y],
              [x(of.mean), y - 5],
              [x(of.mean) + 5, y],
              [x(of.mean), y + 5],
            ],
          },
          style: { fill, stroke: colour.card, lineWidth: 1 },
        },
      ]),
    ],
  });
  option.keys = [
    { name: "each run", colour: colour.quiet, shape: "dot" },
    { name: "quartiles and range", colour: colour.quiet, shape: "box" },
    { name: "mean with its 95 % interval", colour: colour.quiet, shape: "mean" },
  ];
  option.tooltip.trigger = "item";
  const [all, shown] = [
    lanes.reduce((sum, lane) => sum + lane.values.length, 0),
    drawn.reduce((sum, values) => sum + values.length, 0),
  ];
  return { option, height: lanes.length * form.height + margins.top + margins.bottom, all, shown };
}

/** The scale of a figure's values in some groups. */
function laneScale(lanes, counts) {
  const values = lanes.flatMap(lane => [
    ...lane.values.map(run => run.value),
    ...(lane.distribution ? [lane.distribution.least, lane.distribution.greatest] : []),
  ]);
  return { logarithmic: spansDecades(values), scale: valueScale(values, spansDecades(values), counts) };
}

const STATISTICS = [
  ["n", of => of.n],
  ["mean", of => of.mean],
  ["interval, low", of => of.mean_interval.low],
  ["interval, high", of => of.mean_interval.high],
  ["standard deviation", of => of.deviation],
  ["least", of => of.least],
  ["lower quartile", of => of.lower_quartile],
  ["median", of => of.median],
  ["upper quartile", of => of.upper_quartile],
  ["greatest", of => of.greatest],
];

/** The statistics of lanes as a table. */
function laneTable(caption, lanes) {
  return {
    caption,
    headings: ["group", ...STATISTICS.map(([name]) => name)],
    rows: lanes.map(lane => [
      lane.name,
      ...STATISTICS.map(([, of]) => (lane.distribution ? of(lane.distribution) : null)),
    ]),
  };
}

/** Which of the groups are beside each other, if not all. */
function groupsDrawn() {
  return groups.length === sweep.groups_of_all
    ? ""
    : `${written(groups.length)} of ${written(sweep.groups_of_all)} groups are drawn. `;
}

/** A figure at the end of the runs, in the groups. */
function distributionContent(chart, outcome) {
  const fills = palette(groups.length, colours());
  const values = valuesOf(outcome);
  if (outcome.groups.length === 0)
    return {
      empty: "The sweep has too many groups for the statistics of every figure; those of the headlines are above.",
    };
  const lanes = groups.map((group, at) => {
    const { undefined: lacking, distribution } = outcome.groups[at];
    const n = distribution?.n ?? 0;
    return {
      name: group.name, colour: fills[at], values: values.filter(run => runs.groups[run.row] === at), distribution,
      note: `n = ${written(n)}${lacking > 0 ? `, undefined in ${written(lacking)}` : ""}`,
    };
  });
  if (lanes.every(lane => !lane.distribution)) return { empty: "No run that is done has this figure." };
  const { scale, logarithmic } = laneScale(lanes, outcome.figure.kind === "count");
  const unit = heading(outcome.figure) + (logarithmic ? ", logarithmic" : "");
  const { option, height, shown } = laneChart(chart, { lanes, scale, unit });
  const all = lanes.reduce((sum, lane) => sum + (lane.distribution?.n ?? 0), 0);
  const dots =
    shown === all
      ? ""
      : `${written(shown)} of ${counted(all, "run")} are drawn as dots; the statistics are of all.`;
  return {
    title: capital(outcome.figure.label),
    option,
    height,
    note: (groupsDrawn() + dots).trim() || undefined,
    label: `${capital(outcome.figure.label)} of ${counted(all, "run")} in ${counted(groups.length, "group")}: ${lanes
      .filter(lane => lane.distribution)
      .map(lane => `${lane.name}, mean ${written(lane.distribution.mean)}`)
      .join("; ")}.`,
    table: laneTable(`${capital(heading(outcome.figure))}: statistics of the groups.`, lanes),
    more: {
      name: shown === all ? "Every run" : `Runs, ${written(values.length)} of ${written(all)}`,
      table: {
        caption: `${capital(heading(outcome.figure))} of each run.`,
        headings: ["group", ...varied.map(axis => axis.setting), "key", "value"],
        rows: values
          .filter(run => runs.groups[run.row] >= 0)
          .map(run => [
            groups[runs.groups[run.row]].name,
            ...varied.map((_, axis) => settingOf(run.row, axis)),
            runs.keys[run.row],
            run.value,
          ]),
      },
    },
  };
}

/** The steps at which runs met a criterion, in the groups. */
function criterionContent(chart, criterion) {
  const fills = palette(groups.length, colours());
  const met = rows.map(row => ({ row, value: criterion.steps[row] })).filter(run => run.value !== null);
  const lanes = groups.map((group, at) => ({
    name: group.name,
    colour: fills[at],
    values: met.filter(run => runs.groups[run.row] === at),
    distribution: criterion.groups[at].step,
    note: `${written(criterion.groups[at].met)} of ${counted(criterion.groups[at].n, "run")}`,
  }));
  if (lanes.every(lane => !lane.distribution))
    return {
      empty: `None of the ${counted(
        criterion.groups.reduce((sum, group) => sum + group.n, 0),
        "run",
      )} has such a step.`,
    };
  const lastStep = Math.max(1, ...lanes.map(lane => lane.distribution?.greatest ?? 0), series?.steps.at(-1) ?? 0);
  const scale = stepScale(lastStep, state.steps === "logarithmic");
  const { option, height, shown } = laneChart(chart, {
    lanes,
    scale,
    unit: scale.axis.name,
    count: step => `step ${written(step)}`,
  });
  const all = criterion.groups.reduce((sum, group) => sum + group.met, 0);
  const dots =
    shown === all ? "" : `${written(shown)} of ${counted(all, "run")} are drawn as dots; the statistics are of all.`;
  return {
    option,
    height,
    note: (groupsDrawn() + dots).trim() || undefined,
    label: `${capital(criterion.sentence)}: ${lanes.map(lane => `${lane.name}: ${lane.note}`).join("; ")}.`,
    table: {
      caption: `${capital(criterion.sentence)}.`,
      headings: ["group", "runs", "runs with such a step", ...STATISTICS.slice(1).map(([name]) => name)],
      rows: lanes.map((lane, at) => [
        lane.name,
        criterion.groups[at].n,
        criterion.groups[at].met,
        ...STATISTICS.slice(1).map(([, of]) => (lane.distribution ? of(lane.distribution) : null)),
      ]),
    },
  };
}
