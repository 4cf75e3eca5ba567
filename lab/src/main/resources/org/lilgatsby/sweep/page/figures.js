// The figures: what each shows, and how to read it.

const READ_LANES =
  "A dot is a run. The box reaches from quartile to quartile, with the median and the whole range; the diamond is " +
  "the mean, with its 95 % interval.";

const figures = {
  "distribution-other": {
    title: "Another figure",
    read: READ_LANES,
    uses: ["figure"],
    whole: true,
    draw: chart =>
      distributionContent(
        chart,
        outcomes.find(outcome => outcome.figure.name === state.figure),
      ),
  },
  "over-steps": {
    title: "A figure over the steps",
    read:
      "The line is the mean of a group’s runs. The light band reaches from the least to the greatest run; the " +
      "dark one, for up to four groups, is the 95 % interval of the mean. Single runs, where shown, " +
      "take the place of the bands.",
    uses: ["over", "steps", "singles"],
    whole: true,
    draw: () => ribbonContent(state.over),
  },
  "along-other": {
    title: "Another figure against a setting",
    read:
      "Each dot is a run. The line is the mean at each value over all other settings and seeds, the band " +
      "reaches from the least to the greatest run.",
    uses: ["along", "setting"],
    whole: true,
    draw: () => alongContent(outcomes.find(outcome => outcome.figure.name === state.along)),
  },
  parallel: {
    title: "Settings and headline figures",
    read:
      "Each line is a run and crosses every axis at its value. Drag along an axis to keep the runs that cross " +
      "it there; a click beside it lets go.",
    uses: [],
    whole: true,
    draw: parallelContent,
  },
};

headlines.forEach((outcome, i) => {
  figures[`distribution-${i}`] = {
    title: capital(outcome.figure.label),
    read: READ_LANES,
    uses: [],
    draw: chart => distributionContent(chart, outcome),
  };
  figures[`along-${i}`] = {
    title: `${capital(outcome.figure.label)} against a setting`,
    read: figures["along-other"].read,
    uses: ["setting"],
    draw: () => alongContent(outcome),
  };
});

criteria.forEach((criterion, i) => {
  figures[`criterion-${i}`] = {
    title: capital(criterion.sentence),
    read: "A dot is a run, at this step of it. How many runs have such a step is beside the group’s name.",
    uses: ["steps"],
    draw: chart => criterionContent(chart, criterion),
  };
});
