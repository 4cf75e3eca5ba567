// Figures over the steps: for each group its mean, the interval of the mean, and the range of its runs.

/** At most so many groups have bands that can be told apart. */
const FEW_BANDS = 4;

function ribbonContent(name) {
  const colour = colours();
  const fills = palette(groups.length, colour);
  const over = series.figures.find(figure => figure.figure.name === name);
  const { steps } = series;
  const tips = band =>
    steps.map((_, i) =>
      band.n[i] === 0
        ? UNKNOWN
        : `${written(band.mean[i])} (${written(band.least[i])} to ${written(band.greatest[i])}, ` +
          `n = ${written(band.n[i])})`,
    );
  const lines = groups.map((group, at) => ({
    name: group.name,
    steps,
    values: over.groups[at].mean,
    tips: tips(over.groups[at]),
    colour: fills[at],
  }));
  const single = state.singles === "yes";
  const few = groups.length <= FEW_BANDS;
  const bands = single ? [] : groups.flatMap((group, at) => {
    const band = over.groups[at];
    const known = steps.map((_, i) => i).filter(i => band.mean_low[i] !== null);
    return [
      {
        name: group.name,
        at: steps,
        low: band.least,
        high: band.greatest,
        colour: fills[at],
        opacity: few ? 0.15 : 0.08,
      },
      ...(few
        ? [
            {
              name: group.name,
              at: known.map(i => steps[i]),
              low: known.map(i => band.mean_low[i]),
              high: known.map(i => band.mean_high[i]),
              colour: fills[at],
              opacity: 0.3,
            },
          ]
        : []),
    ];
  });
  const thin = !single
    ? []
    : groups.map((group, at) => ({
        name: group.name,
        at: steps,
        colour: fills[at],
        curves: over.runs.filter((_, i) => runs.groups[series.runs[i]] === at),
      }));
  const values = over.groups.flatMap(band => [...band.least, ...band.greatest]).filter(value => value !== null);
  if (values.length === 0) return { empty: "No run has this figure." };
  const lastStep = steps.at(-1);
  const logValues = over.figure.kind !== "count" && spansDecades(values);
  const ofRuns = `${written(series.runs.length)} of ${counted(sweep.counts.done, "run")}`;
  const ofSteps =
    steps.length === series.recorded_steps
      ? ""
      : `Of ${written(series.recorded_steps)} recorded steps, ${written(steps.length)} are drawn. `;
  const end = steps.length - 1;
  return {
    title: capital(over.figure.label),
    option: stepChart({
      lines,
      bands,
      thin,
      lastStep,
      logSteps: state.steps === "logarithmic",
      logValues,
      unit: heading(over.figure),
    }),
    note:
      [
        groupsDrawn(),
        ofSteps,
        single && series.runs.length < sweep.counts.done ? `Single runs: ${ofRuns}.` : "",
      ]
        .join("")
        .trim() ||
      undefined,
    label:
      `${capital(over.figure.label)} over steps. At step ${written(lastStep)}: ` +
      `${groups.map((group, at) => `${group.name}, mean ${written(over.groups[at].mean[end])}`).join("; ")}.`,
    table: {
      caption: `${capital(heading(over.figure))} over the steps.`,
      headings: [
        "step",
        ...groups.flatMap(group => ["n", "mean", "least", "greatest"].map(what => `${group.name}, ${what}`)),
      ],
      rows: steps.map((step, i) => [
        step,
        ...over.groups.flatMap(band => [band.n[i], band.mean[i], band.least[i], band.greatest[i]]),
      ]),
    },
    more: {
      name: `Single runs, ${ofRuns}`,
      table: {
        caption: `${capital(heading(over.figure))} of single runs.`,
        headings: ["step", ...series.runs.map(runName)],
        rows: steps.map((step, i) => [step, ...over.runs.map(run => run[i])]),
      },
    },
  };
}
