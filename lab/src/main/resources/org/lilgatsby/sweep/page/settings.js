// Figures against settings: one against one on two axes, and all of them on parallel axes.

const MOST_CURVES = 1000;

/** A parallel axis and its name need this many pixels beside the next. */
const AXIS_WIDTH = 85;

/** A character of an axis's name takes about so many. */
const CHARACTER_WIDTH = 7.5;

/** The settings of a run other than one and the seed, as text. */
function restOf(row, setting) {
  return varied
    .map((axis, i) => ({ axis, i }))
    .filter(({ axis }) => axis.setting !== setting && axis.setting !== "seed" && axis.values.length > 1)
    .map(({ axis, i }) => `${axis.setting} ${settingOf(row, i)}`)
    .join(", ");
}

/** More kinds of runs than this have one colour. */
const FEW_KINDS = 6;

function alongContent(outcome) {
  const colour = colours();
  const at = varied.findIndex(axis => axis.setting === state.setting);
  const points = valuesOf(outcome)
    .filter(run => settingOf(run.row, at) !== null)
    .map(run => ({ ...run, x: Number(settingOf(run.row, at)) }));
  const along = outcome.axes.find(axis => axis.setting === state.setting);
  if (points.length === 0) return { empty: "No run that is done has this figure." };
  const all = [...new Set(varied[at].values.map(Number))];
  const logSetting = spacedInRatios(all);
  const x = valueScale(all, logSetting);
  const values = [
    ...points.map(point => point.value),
    ...(along ? [...along.band.least, ...along.band.greatest] : []),
  ].filter(value => value !== null);
  const logValues = spansDecades(values);
  const y = valueScale(values, logValues, outcome.figure.kind === "count");
  const kinds = [...new Set(points.map(point => restOf(point.row, state.setting)))];
  const told = kinds.length <= FEW_KINDS;
  const fills = palette(told ? kinds.length : 1, colour);
  const drawn = drawnOf(points, MOST_DOTS);
  const dots = (told ? kinds : ["each run"]).map((kind, i) => ({
    name: kind || "each run",
    type: "scatter",
    color: fills[i],
    z: 3,
    symbolSize: drawn.length > 300 ? 4 : 7,
    itemStyle: { color: fills[i], opacity: drawn.length > 300 ? 0.5 : 0.7 },
    data: drawn
      .filter(point => !told || restOf(point.row, state.setting) === kind)
      .map(point => ({ value: [x.place(point.x), y.place(point.value)], point })),
    tooltip: {
      trigger: "item",
      formatter: hit =>
        tip(runName(hit.data.point.row), [[hit.color, outcome.figure.label, written(hit.data.point.value)]]),
    },
  }));
  const many = along && along.band.n.some(n => n > 1);
  const mean = many
    ? [
        bandShape(
          {
            name: "mean and range",
            at: along.values,
            low: along.band.least,
            high: along.band.greatest,
            colour: colour.all,
            opacity: 0.14,
          },
          x,
          y,
        ),
        {
          name: "mean and range",
          type: "line",
          color: colour.ink,
          lineStyle: { color: colour.ink, width: 1.5 },
          itemStyle: { color: colour.ink },
          symbol: "diamond",
          symbolSize: along.values.length > 40 ? 0 : 9,
          z: 4,
          data: along.values.map((value, i) => ({ value: [x.place(value), y.place(along.band.mean[i])], i })),
          tooltip: {
            trigger: "item",
            formatter: hit =>
              tip(`${state.setting} ${written(along.values[hit.data.i])}, all runs`, [
                [colour.ink, "mean", written(along.band.mean[hit.data.i])],
                [
                  colour.all,
                  "range",
                  `${written(along.band.least[hit.data.i])} to ${written(along.band.greatest[hit.data.i])}`,
                ],
                [colour.all, "n", written(along.band.n[hit.data.i])],
              ]),
          },
        },
      ]
    : [];
  const option = frame(colour, {
    xAxis: axis(x, colour, state.setting + (logSetting ? " (logarithmic)" : ""), false),
    yAxis: axis(y, colour, heading(outcome.figure) + (logValues ? ", logarithmic" : ""), true),
    series: [gridLines(y, colour), ...dots, ...mean],
  });
  option.tooltip.trigger = "item";
  option.keys = [
    ...dots.map(dot => ({ name: dot.name, colour: dot.color, shape: "dot" })),
    ...(many ? [{ name: "mean and range", colour: colour.ink, shape: "line" }] : []),
  ];
  const done = sweep.counts.done;
  const notes = [
    along && !many ? "One run at each value: no line and no band." : "",
    told ? "" : `The runs have one colour: other settings make ${written(kinds.length)} kinds of them.`,
    drawn.length < Math.min(done, points.length) ||
    (points.length < done && !outcome.headline && runs.drawn.length < done)
      ? `${written(drawn.length)} of ${counted(done, "run")} are drawn as dots.`
      : "",
    many && along.values.length < along.values_of_all
      ? `The mean is drawn at ${written(along.values.length)} of ${written(along.values_of_all)} values.`
      : "",
  ];
  return {
    title: `${capital(outcome.figure.label)} against ${state.setting}`,
    option,
    note: notes.filter(Boolean).join(" ") || undefined,
    label:
      `${capital(outcome.figure.label)} against ${state.setting}, ${counted(points.length, "run")} at ` +
      `${counted(all.length, "value")}.`,
    table: along
      ? {
          caption:
            `${capital(heading(outcome.figure))} at each value of ${state.setting}, ` +
            "over all other settings and seeds.",
          headings: [
            state.setting,
            "n",
            "mean",
            "interval, low",
            "interval, high",
            "standard deviation",
            "least",
            "lower quartile",
            "median",
            "upper quartile",
            "greatest",
          ],
          rows: along.values.map((value, i) => [
            value,
            ...[
              "n",
              "mean",
              "mean_low",
              "mean_high",
              "deviation",
              "least",
              "lower_quartile",
              "median",
              "upper_quartile",
              "greatest",
            ].map(key => along.band[key][i]),
          ]),
        }
      : {
          caption: `${capital(heading(outcome.figure))} of each run.`,
          headings: [state.setting, "value"],
          rows: points.map(point => [point.x, point.value]),
        },
  };
}

/** The axes of the parallel coordinates: each setting but the seed, then each headline. */
function dimensions() {
  const settings = varied
    .map((axis, i) => ({ axis, i }))
    .filter(({ axis }) => axis.setting !== "seed" && axis.values.length > 1)
    .map(({ axis, i }) => {
      if (!axis.numeric) return { name: axis.setting, categories: axis.values, of: row => settingOf(row, i) };
      const numbers = axis.values.map(Number);
      return {
        name: axis.setting,
        scale: valueScale(numbers, spacedInRatios(numbers)),
        of: row => (settingOf(row, i) === null ? null : Number(settingOf(row, i))),
      };
    });
  const figures = headlines.map(outcome => {
    const values = outcome.values.filter(value => value !== null);
    return {
      name: heading(outcome.figure),
      scale: valueScale(values, spansDecades(values), outcome.figure.kind === "count"),
      of: row => outcome.values[row],
    };
  });
  return [...settings, ...figures];
}

/** A name on several lines of about so many characters. */
function broken(name, width) {
  const lines = [""];
  for (const word of name.split(/(?<=[ .])/)) {
    if (lines.at(-1) !== "" && (lines.at(-1) + word.trimEnd()).length > width) lines.push("");
    lines[lines.length - 1] += word;
  }
  return lines.map(line => line.trim()).join("\n");
}

/** A name cut to so many characters: the library's own cut gives it a background as wide as its room. */
function cut(name, length) {
  return name.length > length ? name.slice(0, length - 1).trimEnd() + "…" : name;
}

function parallelContent(chart) {
  const colour = colours();
  const fills = palette(groups.length, colour);
  const axes = dimensions();
  const done = rows.filter(row => runs.states[row] === "done" && runs.groups[row] >= 0);
  if (axes.length < 2)
    return { empty: "There is nothing to compare: no setting but the seed varies, and there is no headline figure." };
  if (done.length === 0) return { empty: "No run is done." };
  const step = Math.max(1, done.length / MOST_CURVES);
  const drawn = Array.from({ length: Math.min(done.length, MOST_CURVES) }, (_, i) => done[Math.floor(i * step)]);
  const narrow = chart.clientWidth < Math.max(700, AXIS_WIDTH * axes.length);
  const place = (axis, row) => {
    const value = axis.of(row);
    return value === null ? "-" : axis.categories ? value : axis.scale.place(value);
  };
  const label = { color: colour.ink, backgroundColor: colour.card, padding: [1, 3], borderRadius: 3 };
  const option = frame(colour, {
    grid: undefined,
    parallel: narrow
      ? { layout: "vertical", left: 26, right: 26, top: 36, bottom: 30 }
      : { layout: "horizontal", left: 70, right: 70, top: 96, bottom: 24 },
    parallelAxis: axes.map((axis, dim) => ({
      dim,
      name: narrow ? cut(axis.name, Math.floor((chart.clientWidth - 60) / CHARACTER_WIDTH)) : broken(axis.name, 16),
      nameLocation: narrow ? "start" : "end",
      nameGap: narrow ? 0 : 14,
      nameTextStyle: narrow
        ? {
            color: colour.ink,
            align: "left",
            verticalAlign: "bottom",
            padding: [1, 3, 6, 0],
            fontWeight: 600,
            backgroundColor: colour.card,
          }
        : { color: colour.ink, fontSize: 12, lineHeight: 14 },
      axisLine: { lineStyle: { color: colour.quiet } },
      areaSelectStyle: { borderColor: colour.ink, color: colour.quiet, opacity: 0.25 },
      ...(axis.categories
        ? {
            type: "category",
            data: axis.categories,
            boundaryGap: true,
            axisTick: { show: true, lineStyle: { color: colour.line } },
            axisLabel: { ...label, width: narrow ? 110 : 100, overflow: "truncate" },
          }
        : {
            type: "value",
            min: axis.scale.axis.min,
            max: axis.scale.axis.max,
            splitLine: { show: false },
            axisTick: { show: true, customValues: axis.scale.axis.ticks, lineStyle: { color: colour.line } },
            axisLabel: {
              ...label,
              customValues: axis.scale.axis.ticks,
              formatter: axis.scale.axis.label,
              hideOverlap: true,
            },
          }),
    })),
    series: groups.map((group, at) => ({
      name: group.name,
      type: "parallel",
      color: fills[at],
      inactiveOpacity: 0.03,
      activeOpacity: 0.9,
      lineStyle: { color: fills[at], width: drawn.length > 200 ? 0.8 : 1.4, opacity: drawn.length > 200 ? 0.3 : 0.6 },
      emphasis: { disabled: true },
      data: drawn.filter(row => runs.groups[row] === at).map(row => axes.map(axis => place(axis, row))),
      silent: true,
    })),
  });
  option.keys = groups.map((group, at) => ({ name: group.name, colour: fills[at], shape: "line" }));
  option.tooltip.show = false;
  const all = sweep.counts.done;
  const passing = drawn.filter(row => axes.some(axis => axis.of(row) === null)).length;
  const notes = [
    ...(drawn.length < all ? [`${groupsDrawn()}${written(drawn.length)} of ${counted(all, "run")} are drawn.`] : []),
    ...(passing > 0
      ? [`${counted(passing, "run")} without a value on an axis: there the line only passes by, at no value.`]
      : []),
  ];
  return {
    option,
    height: narrow ? 66 * axes.length + 80 : 450,
    note: notes.length > 0 ? notes.join(" ") : undefined,
    label: `Parallel coordinates of ${counted(drawn.length, "run")}: ${axes.map(axis => axis.name).join("; ")}.`,
    table: {
      caption: "The lines drawn.",
      headings: ["group", ...axes.map(axis => axis.name)],
      rows: drawn.map(row => [groups[runs.groups[row]].name, ...axes.map(axis => axis.of(row))]),
    },
  };
}
