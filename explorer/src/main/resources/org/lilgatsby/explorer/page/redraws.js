// When what is over all steps of a run under way is asked and drawn again, so that training keeps its processors.

/** Once the new steps are wider than a line, and not more often than this, */
const AGAIN_MILLISECONDS = 10000;
const SEEN = 1.005;

/** but sooner where so many are new that what is drawn shows too little of the run; */
const GROWN_AGAIN_MILLISECONDS = 2000;
const GROWN = 1.25;

/** and otherwise once drawing has cost at most the 300th part of the time since, but at least once a minute. */
const SHARE = 300;
const LATEST_MILLISECONDS = 60000;

export class Redraws {
  #last;
  #at;
  #cost = 0;

  /** It was drawn up to a step. */
  constructor(last, now) {
    this.begin(last, now);
  }

  /** It is drawn again, up to a step. */
  begin(last, now) {
    this.#last = last;
    this.#at = now;
    this.#cost = 0;
  }

  /** What drawing cost, in milliseconds. */
  took(cost) {
    this.#cost += cost;
  }

  /** Whether it is to be drawn again now that the run has come to a step. */
  isDue(last, now) {
    const grown = last / this.#last;
    const rest = Math.max(AGAIN_MILLISECONDS, Math.min(LATEST_MILLISECONDS, SHARE * this.#cost));
    return grown > SEEN && now - this.#at > (grown > GROWN ? GROWN_AGAIN_MILLISECONDS : rest);
  }
}
