// Puts the figures into the page and keeps them up to date.

const PLAY_MILLISECONDS = 90;

function slider() {
  const last = cloud.steps.length - 1;
  const input = element("input", { type: "range", min: "0", max: String(last), step: "1", id: "step" });
  input.value = String(state.frame);
  const output = element("output", { for: "step" });
  const show = () => {
    const step = cloud.steps[state.frame];
    output.textContent = `step ${written(step)}`;
    input.setAttribute("aria-valuetext", `step ${step}`);
  };
  const go = frame => {
    state.frame = frame;
    input.value = String(frame);
    show();
    redraw("step");
  };
  input.addEventListener("input", () => go(Number(input.value)));
  const play = element("button", { type: "button" }, "Play");
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  };
  play.addEventListener("click", () => {
    if (timer !== null) return stop();
    play.textContent = "Pause";
    if (state.frame === last) go(0);
    timer = setInterval(() => (state.frame < last ? go(state.frame + 1) : stop()), PLAY_MILLISECONDS);
  });
  show();
  return [element("label", { for: "step" }, "Step"), input, output, play];
}

const controls = {
  axis: () => [
    selection("axis", "Steps", [
      ["logarithmic", "logarithmic"],
      ["linear", "linear"],
    ]),
  ],
  group: () => [
    selection(
      "group",
      "Tokens",
      Object.entries(groups).filter(([group]) => group === "all" || present.includes(group)),
    ),
  ],
  step: slider,
};

// Of other states the recording holds the rows of some tokens, or figures.
const endsAlone = timeline.recorded < findings.recording.rows;
document.querySelector(".sampling").textContent = endsAlone
  ? `W of every token is known at the start and at step ${written(findings.final.step)} alone, so these two states ` +
    `are drawn; lilgatsby analyze tells what was recorded at ${written(findings.recording.rows)} states.`
  : timeline.steps.length === timeline.recorded
    ? `All ${written(timeline.recorded)} recorded states are drawn.`
    : `Of ${written(timeline.recorded)} recorded states, ${written(timeline.steps.length)} are drawn, closer ` +
      "together early in training and where rows split or merge. Counts, splits and mergers are complete.";
document.querySelector(".frames").textContent = endsAlone
  ? "The slider has the start and the end."
  : cloud.steps.length === timeline.recorded
    ? `The slider has all ${written(timeline.recorded)} recorded steps.`
    : `The slider has ${written(cloud.steps.length)} of ${written(timeline.recorded)} recorded steps, closer ` +
      "together early in training and where rows split or merge.";
fillPage(figures, controls, { pageName: findings.experiment });
