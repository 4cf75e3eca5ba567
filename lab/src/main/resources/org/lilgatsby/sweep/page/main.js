// Puts the figures and the table of runs into the page.

function figureChoices(list) {
  return list.map(({ figure }) => [figure.name, heading(figure)]);
}

const controls = {
  figure: () => [selection("figure", "Another figure", figureChoices(others.length > 0 ? others : outcomes))],
  along: () => [selection("along", "Another figure", figureChoices(others.length > 0 ? others : outcomes))],
  setting: () =>
    axes.length > 1
      ? [
          selection(
            "setting",
            "Setting",
            axes.map(axis => [axis.setting, axis.setting]),
          ),
        ]
      : [],
  over: () => [selection("over", "Figure", figureChoices(series.figures))],
  steps: () => [
    selection("steps", "Steps", [
      ["logarithmic", "logarithmic"],
      ["linear", "linear"],
    ]),
  ],
  singles: () => [
    selection("singles", "Single runs", [
      ["no", "hidden"],
      ["yes", "shown"],
    ]),
  ],
};

for (const place of document.querySelectorAll("[data-each]")) {
  const [name, list] = place.dataset.each.split(" ");
  place.dataset.charts = { headlines, criteria }[list].map((_, i) => `${name}-${i}`).join(" ");
}
runTable(document.getElementById("run-table"));
fillPage(figures, controls, { pageName: sweep.name, saves: pictureButtons });
