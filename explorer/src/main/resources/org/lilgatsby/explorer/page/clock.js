// One clock for all views: a step that was recorded, and for a moment the one that the pointer is over.
import { beforePaint } from "./frame.js";

/** Steps that a run has, up to the last: first, first + every, …, or those of a list. */
export class Clock {
  #listeners = new Set();
  #frame = null;
  #played = null;

  constructor({ first, last, every = 1, at = null }) {
    Object.assign(this, {
      first,
      last,
      every,
      at,
      step: last,
      hovered: null,
      speed: 30,
      playing: false,
      timeless: false,
      growing: false,
      waits: () => false,
    });
  }

  /** The step to show. */
  get shown() {
    return this.hovered ?? this.step;
  }

  /** Whether steps come by themselves. */
  get moving() {
    return this.playing || this.growing;
  }

  /** The number of the recorded state nearest to a step, from 0. */
  placeOf(step) {
    if (!this.at) return Math.max(0, Math.round((Math.min(step, this.last) - this.first) / this.every));
    let [low, high] = [0, this.at.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at[middle] < step) low = middle + 1;
      else high = middle;
    }
    return low > 0 && step - this.at[low - 1] <= this.at[low] - step ? low - 1 : low;
  }

  /** The step of a state by its number. */
  stepOf(place) {
    const step = this.at ? this.at[Math.min(Math.max(place, 0), this.at.length - 1)] : this.first + place * this.every;
    return Math.min(this.last, Math.max(this.first, step));
  }

  /** The recorded step nearest to a number. */
  nearest(step) {
    return this.stepOf(this.placeOf(step));
  }

  /** The step some states before another, or null. */
  before(step, states) {
    const place = this.placeOf(step) - states;
    return place < 0 ? null : this.stepOf(place);
  }

  go(step) {
    this.#show(this.nearest(step), null);
    this.#played = { at: null, from: this.step };
  }

  /** Goes on by a number of recorded states, or back. */
  move(states) {
    this.go(this.stepOf(this.placeOf(this.shown) + states));
  }

  /** Shows a step as long as the pointer is over it. */
  hover(step) {
    this.#show(this.step, step === null ? null : this.nearest(step));
  }

  #show(step, hovered) {
    if (step === this.step && hovered === this.hovered) return;
    Object.assign(this, { step, hovered, growing: false });
    this.#tell();
  }

  /** The last state up to a step, which may lie behind those that are known. */
  #stateAt(step) {
    return this.at
      ? (this.at.findLast(at => at <= step) ?? this.first)
      : step - ((step - this.first) % this.every);
  }

  get #atEnd() {
    return this.step === this.last && !this.playing;
  }

  /** The state that it would go along to if more was recorded, and show; null where it stays as it is. */
  next(last) {
    const state = this.#stateAt(last);
    return state > this.last && this.#atEnd && this.hovered === null ? state : null;
  }

  /** More was recorded; a clock that stood at the end goes along, and is growing until somebody moves it. */
  extend(last) {
    const state = this.#stateAt(last);
    if (state <= this.last) return;
    this.growing = this.#atEnd;
    this.last = state;
    if (this.growing) this.step = state;
    this.#tell();
  }

  /** Plays from here, or from the start if this is the end; it stands as long as waits() says so. */
  play() {
    if (this.playing || this.first === this.last) return;
    this.playing = true;
    this.go(this.step === this.last ? this.first : this.step);
    const tick = now => {
      if (!this.playing) return;
      if (this.waits()) {
        this.#played = { at: null, from: this.step };
        requestAnimationFrame(tick);
        return;
      }
      this.#played.at ??= now;
      const states = Math.floor(((now - this.#played.at) * this.speed) / 1000);
      const step = this.stepOf(this.placeOf(this.#played.from) + states);
      this.#show(step, null);
      if (step === this.last) this.stop();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    this.#tell();
  }

  stop() {
    this.playing = false;
    this.#tell();
  }

  setSpeed(speed) {
    this.speed = speed;
    this.#played = { at: null, from: this.step };
  }

  #tell() {
    this.#frame ??= beforePaint(() => {
      this.#frame = null;
      [...this.#listeners].forEach(listener => listener(this));
    });
  }

  /** Calls a listener at most once a frame when anything changed; the answer ends that. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The steps that charts over time show, first and last: those that the address says, or all. */
export function rangeIn(address, clock) {
  const from = clock.nearest(address.number("from", clock.first));
  const to = clock.nearest(address.number("to", clock.last));
  return to > from ? [from, to] : [clock.first, clock.last];
}

/** The clock of one of several runs, which has states of its own but goes with the others. */
export class FollowingClock extends Clock {
  #leader;

  constructor(leader, steps) {
    super(steps);
    this.#leader = leader;
  }

  get shown() {
    return this.nearest(this.#leader.shown);
  }

  hover(step) {
    this.#leader.hover(step);
  }

  go(step) {
    this.#leader.go(step);
  }

  listen(listener) {
    return this.#leader.listen(listener);
  }
}
