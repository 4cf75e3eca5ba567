// One clock for all views: a step that was recorded, and for a moment the one that the pointer is over.

/** Steps that a run has: first, first + every, … up to the last. */
export class Clock {
  #listeners = new Set();
  #frame = null;
  #played = null;

  constructor({ first, last, every = 1 }) {
    Object.assign(this, { first, last, every, step: last, hovered: null, speed: 30, playing: false });
  }

  /** The step to show. */
  get shown() {
    return this.hovered ?? this.step;
  }

  /** The recorded step nearest to a number. */
  nearest(step) {
    const state = Math.round((step - this.first) / this.every);
    return Math.min(this.last, Math.max(this.first, this.first + state * this.every));
  }

  go(step) {
    this.#show(this.nearest(step), null);
    this.#played = { at: null, from: this.step };
  }

  /** Goes on by a number of recorded states, or back. */
  move(states) {
    this.go(this.shown + states * this.every);
  }

  /** Shows a step as long as the pointer is over it. */
  hover(step) {
    this.#show(this.step, step === null ? null : this.nearest(step));
  }

  #show(step, hovered) {
    if (step === this.step && hovered === this.hovered) return;
    Object.assign(this, { step, hovered });
    this.#tell();
  }

  /** More was recorded; a clock that stood at the end goes along. */
  extend(last) {
    if (last <= this.last) return;
    const atEnd = this.step === this.last && !this.playing;
    this.last = last;
    if (atEnd) this.step = last;
    this.#tell();
  }

  /** Plays from here, or from the start if this is the end. */
  play() {
    if (this.playing || this.first === this.last) return;
    this.playing = true;
    this.go(this.step === this.last ? this.first : this.step);
    const tick = now => {
      if (!this.playing) return;
      this.#played.at ??= now;
      const states = Math.floor((now - this.#played.at) * this.speed / 1000);
      const step = Math.min(this.last, this.#played.from + states * this.every);
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
    this.#frame ??= requestAnimationFrame(() => {
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
