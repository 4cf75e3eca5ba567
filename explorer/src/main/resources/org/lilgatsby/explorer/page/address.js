// The state of the page, all of it in the fragment of its address, so that a link shows the same thing.

const WRITE_AFTER_MILLISECONDS = 250;
const MOST_NUMBERS = 1 << 20;

/** Named texts; what has its usual value is left out. Listeners are told which names changed. */
export class Address {
  #values = new Map();
  #listeners = new Set();
  #lasting = new Set();
  #timer = null;

  constructor() {
    this.#read();
    addEventListener("hashchange", () => {
      if (location.hash.slice(1) === this.text()) return;
      const before = this.#values;
      this.#read();
      const changed = new Set(
        [...before.keys(), ...this.#values.keys()].filter(key => before.get(key) !== this.#values.get(key)),
      );
      if (changed.size > 0) this.#tell(changed);
    });
  }

  #read() {
    clearTimeout(this.#timer);
    this.#values = new Map(new URLSearchParams(location.hash.slice(1)));
  }

  #tell(changed) {
    [...this.#listeners].forEach(listener => listener(changed));
  }

  get(key, usual = "") {
    return this.#values.get(key) ?? usual;
  }

  list(key, usual = []) {
    const text = this.#values.get(key);
    return text === undefined ? usual : text.split(",").filter(part => part !== "");
  }

  /** Numbers, of which those that follow each other are written as 3-9. */
  numbers(key) {
    return this.list(key).flatMap(part => {
      const [from, to = from] = part.split("-").map(Number);
      return Array.from({ length: Math.max(0, Math.min(to - from + 1, MOST_NUMBERS)) }, (_, i) => from + i);
    });
  }

  number(key, usual) {
    const value = Number(this.#values.get(key) ?? NaN);
    return Number.isFinite(value) ? value : usual;
  }

  /** Changes values; null takes one out. The address follows a little later, since browsers limit how often it may. */
  set(changes) {
    const changed = new Set();
    for (const [key, value] of Object.entries(changes)) {
      const text = value === null ? undefined : Array.isArray(value) ? value.join(",") : String(value);
      if (this.#values.get(key) === text) continue;
      changed.add(key);
      text === undefined ? this.#values.delete(key) : this.#values.set(key, text);
    }
    if (changed.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => history.replaceState(null, "", "#" + this.text()), WRITE_AFTER_MILLISECONDS);
    this.#tell(changed);
  }

  /** Goes to another view, which the browser's back button leaves again. */
  go(values) {
    clearTimeout(this.#timer);
    history.replaceState(null, "", "#" + this.text());
    location.hash = fragment(values);
  }

  text() {
    return fragment(Object.fromEntries(this.#values));
  }

  /** Those that listen now do so for ever; forget() ends what others began since. */
  keep() {
    this.#lasting = new Set(this.#listeners);
  }

  forget() {
    this.#listeners = new Set(this.#lasting);
  }

  /** Calls a listener with the set of the names that changed; the answer ends that. */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function fragment(values) {
  return new URLSearchParams(
    Object.entries(values).map(([key, value]) => [key, Array.isArray(value) ? value.join(",") : String(value)]),
  )
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":");
}

/** Numbers as parts of an address: 3, 4, 5 and 9 are 3-5 and 9, in their order. */
export function ranges(numbers) {
  const parts = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
}

/** Shows in a field or list what the address says, also when that changes. */
export function follow(address, node, read) {
  node.value = read();
  address.listen(() => {
    const now = read();
    if (node.value !== now) node.value = now;
  });
  return node;
}

/** The address of a state, for links. */
export const linkTo = values => "#" + fragment(values);
