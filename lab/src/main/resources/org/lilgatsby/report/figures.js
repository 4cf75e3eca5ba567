// The figures: what each shows, how to read it, and its table.

const findings = JSON.parse(document.getElementById("findings").textContent);
const timeline = JSON.parse(document.getElementById("timeline").textContent);
const timeCharts = JSON.parse(document.getElementById("time-charts").textContent);
const largeModel = JSON.parse(document.getElementById("large-model").textContent);
const analysisCharts = JSON.parse(document.getElementById("analysis-charts").textContent);
const state = {
  axis: "logarithmic",
  group: findings.corpus.dead > 0 ? "dead" : "all",
  frame: timeline.cloud.steps.length - 1,
};
const groups = { all: "all tokens", live: "live tokens", dead: "dead tokens" };

const present = ["live", "dead"].filter(group => findings.corpus[group] > 0);
const finished = findings.status === "finished";
const atEnd = finished ? "at the end" : `at step ${written(findings.final.step)}, the last recorded`;
const tokensIn = group => (group === "all" ? findings.corpus.live + findings.corpus.dead : findings.corpus[group]);
const logSteps = () => state.axis === "logarithmic";
const overSteps = more => ({ lastStep: timeline.last_step, logSteps: logSteps(), ...more });

/** Lines of the steps drawn. */
function drawn(name, values, colour, more = {}) {
  return { name, values, colour, steps: timeline.steps, ...more };
}

function lineFigure(lines, options, caption, label) {
  return {
    option: stepChart(overSteps({ lines, ...options })),
    label,
    table: { caption, headings: ["step", ...lines.map(line => line.name)], rows: lineRows(lines) },
  };
}

/** A bar for each token; lines are the steps at which its parts end. */
function barFigure(lines, what, sampled) {
  const colour = colours();
  const fills = [colour.leap, colour.local, colour.adjacent, colour.hop];
  const bars = lines.map((line, i) => ({ ...line, ranks: line.steps, colour: fills[i % fills.length] }));
  return {
    option: tokenChart({ bars, lastStep: timeline.last_step, logSteps: logSteps(), tokens: tokensIn(state.group) }),
    label: `Bars for tokens: ${what}.`,
    note: sampled
      ? `${written(lines[0].steps.length)} of ${written(tokensIn(state.group))} tokens are drawn, ` +
        "evenly spaced by rank."
      : "",
    table: { caption: `${what}.`, headings: ["rank", ...lines.map(line => line.name)], rows: lineRows(lines) },
  };
}

const figures = {
  loss: {
    title: "Loss",
    read: "Mean loss of each logging interval in nats, beside the published run where there is one; lower is better.",
    uses: [],
    draw() {
      const colour = colours();
      const lines = [];
      if (timeline.losses)
        lines.push({
          name: "single steps",
          steps: timeline.steps,
          values: timeline.losses,
          colour: colour.line,
          width: 1,
        });
      if (findings.loss.length > 0)
        lines.push({
          name: "this run",
          steps: findings.loss.map(w => w.step),
          values: findings.loss.map(w => w.mean),
          colour: colour.live,
          symbols: findings.loss.length < 30,
        });
      const published = findings.published?.loss ?? [];
      const shown = published.filter(w => w.step <= Math.max(timeline.last_step, 1));
      if (shown.length > 0)
        lines.push({
          name: "published",
          steps: shown.map(w => w.step),
          values: shown.map(w => w.mean),
          colour: colour.published,
          dash: true,
          symbols: true,
        });
      if (!lines.some(line => line.name !== "published"))
        return { empty: "No logging interval was completed, so there is no mean loss." };
      const last = findings.loss.at(-1);
      return {
        option: stepChart({ lines, lastStep: timeline.last_step, logSteps: false, unit: "loss (nats)" }),
        label: `Line chart of the loss over steps${
          last ? `, ending at ${written(last.mean)} nats at step ${written(last.step)}` : ""
        }.`,
        table: { caption: "Loss in nats.", headings: ["step", ...lines.map(line => line.name)], rows: lineRows(lines) },
      };
    },
  },

  demographics: {
    title: `Demographics of the dead tokens ${atEnd}`,
    read:
      "Each bar is a group of equal rows, largest first; its height is the share of the tokens counted. " +
      "Groups of one are singletons.",
    uses: [],
    draw() {
      const colour = colours();
      const share = populations => populations.map(p => p / populations.reduce((a, b) => a + b, 0));
      const sets = [["this run", findings.final.dead.populations, colour.dead]];
      const published = finished ? (findings.published?.dead_populations ?? []) : [];
      if (published.length > 0)
        sets.push([`published, notebook ${findings.published.notebook}`, published, colour.published]);
      sets.push(["large model, black holes only", largeModel.populations, colour.large]);
      if (findings.corpus.dead === 0) return { empty: "No token is dead." };
      const groups = Math.max(...sets.map(set => set[1].length));
      const ranks = Math.min(40, groups);
      const option = frame(colour, {
        xAxis: {
          type: "category",
          data: Array.from({ length: ranks }, (_, i) => String(i + 1)),
          ...axisName("rank", false, colour),
          axisLabel: { color: colour.quiet },
          axisLine: { lineStyle: { color: colour.line } },
          axisTick: { show: false },
        },
        yAxis: {
          type: "value",
          ...axisName("share of the tokens", true, colour),
          axisLabel: { color: colour.quiet, formatter: at => Math.round(100 * at) + " %" },
          splitLine: { lineStyle: { color: colour.grid } },
        },
        series: sets.map(([name, populations, fill]) => ({
          name,
          type: "bar",
          z: 3,
          itemStyle: { color: fill },
          color: fill,
          barGap: "10%",
          emphasis: { disabled: true },
          data: share(populations)
            .slice(0, ranks)
            .map((part, i) => ({ value: part, tokens: populations[i] })),
        })),
      });
      option.keys = sets.map(([name, , fill]) => ({ name, colour: fill, shape: "area" }));
      option.tooltip.trigger = "axis";
      option.tooltip.axisPointer = { type: "shadow" };
      option.tooltip.formatter = hits =>
        tip(
          `rank ${hits[0].name}`,
          hits
            .filter(hit => hit.data)
            .map(hit => [hit.color, hit.seriesName, `${percent(hit.data.value)}, ${written(hit.data.tokens)} tokens`]),
        );
      const dead = findings.final.dead;
      return {
        option,
        label:
          `Bar chart: ${dead.distinct} distinct dead rows, ` +
          `the largest group of ${dead.largest} of ${dead.tokens} tokens.`,
        table: {
          caption: "Tokens per distinct row, largest first.",
          headings: ["rank", ...sets.map(set => set[0])],
          rows: Array.from({ length: groups }, (_, i) => [i + 1, ...sets.map(set => set[1][i] ?? null)]),
        },
        note: groups > ranks ? `The bars end at rank ${ranks} of ${groups}; the data table has all.` : undefined,
      };
    },
  },

  census: {
    title: "Distinct rows and black holes",
    read:
      "Counts hold until they change; triangles mark every split (up) and merger (down) of equal rows. " +
      "None is left out.",
    uses: ["axis", "group"],
    draw() {
      const colour = colours();
      const census = timeline.census[state.group];
      const line = (name, key, fill, dash) => ({
        name,
        colour: fill,
        dash,
        hold: true,
        steps: [...census.step, timeline.last_step],
        values: [...census[key], census[key].at(-1)],
      });
      const lines = [
        line("distinct rows", "distinct", colour.ink),
        line("black holes", "black_holes", colour[state.group]),
        line("tokens in black holes", "tokens_in_black_holes", colour[state.group], true),
        line("singletons", "singletons", colour.published),
      ];
      const events = timeline.events[state.group];
      const total = events.fissions.concat(events.mergers).reduce((a, b) => a + b, 0);
      const marks = [];
      if (events.step.length <= MOST_MARKS) {
        marks.push(
          ...["fissions", "mergers"]
            .map(kind => eventMarks(kind, events, census, colour))
            .filter(mark => mark.steps.length > 0),
        );
      } else {
        lines.push({
          name: "splits in a step",
          steps: events.step,
          values: events.fissions,
          colour: colour.live,
          width: 0.8,
        });
        lines.push({
          name: "mergers in a step",
          steps: events.step,
          values: events.mergers,
          colour: colour.mixed,
          width: 0.8,
        });
      }
      const settled =
        census.step[census.distinct.findLastIndex((count, i) => i === 0 || count !== census.distinct[i - 1])];
      const table = {
        caption: `Every step at which a count of the ${groups[state.group]} changes.`,
        headings: ["step", ...lines.map(l => l.name)],
        rows: lineRows(
          lines.map(l => (l.hold ? { ...l, steps: l.steps.slice(0, -1), values: l.values.slice(0, -1) } : l)),
        ),
      };
      return {
        option: stepChart(overSteps({ lines, marks, unit: "count, " + groups[state.group] })),
        label:
          `Line chart of counts over steps, ${groups[state.group]}; ${written(total)} splits and mergers; the ` +
          `number of distinct rows does not change after step ${written(settled)}.`,
        note:
          `${written(total)} splits and mergers among ${groups[state.group]}; the number of distinct rows last ` +
          `changes at step ${written(settled)}.`,
        table,
        more: {
          name: "Splits and mergers",
          table: {
            caption: `Every split and merger among ${groups[state.group]}.`,
            ...(events.named.length > 0 || total === 0
              ? {
                  headings: ["step", "event", "sizes", "tokens"],
                  rows: events.named.map(event => [
                    event.step,
                    event.kind === "fission" ? "split" : "merger",
                    event.parts.join(" + "),
                    event.tokens.map(part => part.map(tokenName).join(" ")).join(" | "),
                  ]),
                }
              : {
                  headings: ["step", "splits", "mergers"],
                  rows: events.step.map((step, i) => [step, events.fissions[i], events.mergers[i]]),
                }),
          },
        },
      };
    },
  },

  rank: {
    title: "Population by rank",
    read: "Groups of equal rows from the largest on, both axes logarithmic. The step is that of the slider below.",
    uses: ["group", "step"],
    draw() {
      const colour = colours();
      const curves = [
        ["start", findings.initial[state.group].populations, colour.all, true],
        ["end", findings.final[state.group].populations, colour[state.group], false],
      ];
      const atStep = populationsAt(state.frame, state.group);
      if (atStep)
        curves.splice(1, 0, [`step ${written(timeline.cloud.steps[state.frame])}`, atStep, colour.mixed, false]);
      curves.push(["large model, black holes", largeModel.populations, colour.large, true]);
      if (tokensIn(state.group) === 0) return { empty: `There are no ${groups[state.group]}.` };
      const option = frame(colour, {
        xAxis: logAxis(colour, "rank", false),
        yAxis: logAxis(colour, "tokens in the group", true),
        series: curves.map(([name, populations, fill, dash]) => ({
          name,
          type: "line",
          color: fill,
          symbol: "circle",
          symbolSize: 6,
          showAllSymbol: true,
          emphasis: { disabled: true },
          lineStyle: { color: fill, width: 2, type: dash ? [6, 4] : "solid" },
          itemStyle: { color: fill },
          data: populations.map((population, i) => [i + 1, population]),
        })),
      });
      option.keys = curves.map(([name, , fill, dash]) => ({ name, colour: fill, dash, shape: "line" }));
      option.tooltip.trigger = "item";
      option.tooltip.formatter = hit =>
        tip(hit.seriesName, [[hit.color, `rank ${hit.value[0]}`, `${written(hit.value[1])} tokens`]]);
      return {
        option,
        label:
          `Line chart of the populations of ${groups[state.group]} by rank at the start, ` +
          "at the chosen step and at the end.",
        table: {
          caption: "Tokens per distinct row.",
          headings: ["rank", ...curves.map(curve => curve[0])],
          rows: Array.from({ length: Math.max(...curves.map(curve => curve[1].length)) }, (_, i) => [
            i + 1,
            ...curves.map(curve => curve[1][i] ?? null),
          ]),
        },
      };
    },
  },



  regimes: {
    title: "Regimes on the lattice",
    read:
      "What share of the tokens stands still, moves one component by one cell, moves to an adjacent cell, stays " +
      "within √D cells, or leaps further. A component that changes its sign crosses tens of thousands of cells, so " +
      "that its token leaps, however small the step.",
    uses: ["axis", "group"],
    draw() {
      const colour = colours();
      if (timeline.last_step === 0) return { empty: "No update was recorded." };
      const size = tokensIn(state.group);
      if (size === 0) return { empty: `There are no ${groups[state.group]}.` };
      const fills = [colour.frozen, colour.hop, colour.adjacent, colour.local, colour.leap];
      const lines = Object.entries(timeline.regimes[state.group]).map(([name, counts], i) => ({
        name,
        steps: timeline.steps.slice(1),
        values: counts.slice(1).map(count => (count === null ? null : count / size)),
        colour: fills[i],
        width: 0.5,
      }));
      const figure = lineFigure(
        lines,
        { stacked: true, unit: "share of " + groups[state.group] },
        `Share of the ${groups[state.group]} in each regime.`,
        `Stacked areas: share of ${groups[state.group]} in each regime over steps.`,
      );
      figure.more = {
        name: "Last step in each regime",
        table: {
          caption: "Last step at which any token of the group was in a regime.",
          headings: ["regime", ...present],
          rows: Object.keys(timeline.phases.all).map(regime => [
            regime,
            ...present.map(group => timeline.phases[group][regime] ?? "never"),
          ]),
        },
      };
      return figure;
    },
  },




};

/** The outcome of a chart in words, which its label ends with. */
const outcomes = {
  zeros: () =>
    present
      .map(group => {
        const last = timeline.phases[group]["any motion"];
        return last === null
          ? `No ${group} token ever moved.`
          : `Last motion of any ${group} token: step ${written(last)}.`;
      })
      .join(" "),
  centroid: () => `All tokens end at ${written(findings.centroid.displacement)}.`,
};

/** The charts of the timeline that are data. */
for (const chart of timeCharts) {
  const chosen = chart.of === "chosen";
  figures[chart.name] = {
    title: chart.title,
    read: chart.read,
    uses: chosen ? ["axis", "group"] : ["axis"],
    draw() {
      const colour = colours();
      const series = line => timeline[line.figure.slice(0, line.figure.indexOf("."))];
      if (!chart.lines.every(series)) return { empty: chart.missing };
      if (chart.of_updates && timeline.last_step === 0) return { empty: "No update was recorded." };
      const of = chosen ? [state.group] : chart.of === "present" ? present : ["all", ...present];
      const drawnOf = lines =>
        of.flatMap(group =>
          lines.map(line => {
            const name = [chosen ? "" : group, line.name].filter(part => part).join(", ");
            const values = series(line)[group][line.figure.slice(line.figure.indexOf(".") + 1)];
            return drawn(name, values, colour[line.colour || group], {
              width: line.width,
              dash: line.dashed || (chart.of === "all and present" && group === "all"),
              off: line.hidden,
            });
          }),
        );
      const named = text => (chosen ? `${text} ${groups[state.group]}.` : text);
      const outcome = outcomes[chart.name]?.();
      const figure = lineFigure(
        drawnOf(chart.lines),
        { logValues: chart.scale === "logarithmic", shares: chart.scale === "shares", unit: chart.unit },
        named(chart.caption),
        outcome ? `${chart.label} ${outcome}` : named(chart.label),
      );
      if (chart.name === "zeros") figure.note = outcome;
      if (chart.table.length > 0) {
        const all = drawnOf(chart.table);
        figure.table = { ...figure.table, headings: ["step", ...all.map(line => line.name)], rows: lineRows(all) };
      }
      return figure;
    },
  };
}

/** The charts of analyses. */
for (const chart of analysisCharts) {
  figures["analysis-" + chart.name] = {
    title: chart.title,
    read: chart.read,
    uses: ["axis", "group"],
    draw() {
      const colour = colours();
      if (tokensIn(state.group) === 0) return { empty: `There are no ${groups[state.group]}.` };
      const fills = [colour[state.group], colour.mixed, colour.published, colour.large];
      const { steps, values } = chart.lines[state.group];
      const lines = Object.entries(values).map(([name, points], i) => ({
        name: name.replaceAll("_", " "),
        steps,
        values: points,
        colour: fills[i % fills.length],
        dash: i >= fills.length,
      }));
      const what = `${chart.title}, ${groups[state.group]}`;
      if (chart.form === "bars") return barFigure(lines, what, steps.length < tokensIn(state.group));
      return lineFigure(
        lines,
        { logValues: chart.logarithmic, unit: chart.axis },
        `${what}.`,
        `Line chart over steps: ${what}.`,
      );
    },
  };
}

/** More marks than this make a chart slow; the counts per step are drawn instead. */
const MOST_MARKS = 1500;

/** A triangle at every step with splits or mergers; its tooltip lists them. */
function eventMarks(kind, events, census, colour) {
  const places = events.step.map((_, i) => i).filter(i => events[kind][i] > 0);
  const split = kind === "fissions";
  return {
    name: split ? "splits" : "mergers",
    colour: split ? colour.live : colour.mixed,
    symbol: "triangle",
    rotate: split ? 0 : 180,
    steps: places.map(i => events.step[i]),
    values: places.map(i => census.distinct[census.step.findLastIndex(step => step <= events.step[i])]),
    tips: places.map(
      i =>
        events.named
          .filter(event => event.step === events.step[i] && (event.kind === "fission") === split)
          .map(inWords)
          .join("; ") || `${events[kind][i]} ${kind}`,
    ),
  };
}

function inWords(event) {
  const sizes = event.parts.join(" + ");
  const whole = event.parts.reduce((a, b) => a + b, 0);
  const names = event.tokens
    .map(part => part.slice(0, 8).map(tokenName).join(" ") + (part.length > 8 ? " …" : ""))
    .join(" | ");
  return (
    (event.kind === "fission" ? `${whole} equal rows split into ${sizes}` : `${sizes} rows became equal`) +
    (names ? ": " + names : "")
  );
}

function logAxis(colour, name, vertical) {
  return {
    type: "log",
    min: 1,
    ...axisName(name, vertical, colour),
    axisLabel: { color: colour.quiet, formatter: at => written(at) },
    axisLine: { show: true, lineStyle: { color: colour.line } },
    splitLine: { show: vertical, lineStyle: { color: colour.grid } },
    minorSplitLine: { show: false },
  };
}

/** A token by its id, with its text, or its character if it is a printable byte. */
function tokenName(id) {
  if (findings.names.length > 0)
    return findings.names[id] === null ? String(id) : `${id} "${findings.names[id].replaceAll(" ", "\u2423")}"`;
  const bytes = findings.configuration.model.vocabulary <= 256;
  if (!bytes || id >= 127) return String(id);
  if (id === 32) return "32 space";
  return id > 32 ? `${id} ${String.fromCharCode(id)}` : String(id);
}
