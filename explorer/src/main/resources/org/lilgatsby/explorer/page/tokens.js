// How tokens are called on screen, and which are chosen.
import { ranges } from "./address.js";
import { count } from "./words.js";

export class Tokens {
  #listeners = new Set();

  constructor(tokens, address) {
    this.all = tokens;
    this.byId = new Map(tokens.map(token => [token.id, token]));
    this.dead = new Set(tokens.filter(token => token.dead).map(token => token.id));
    this.address = address;
    this.#read();
    address.listen(changed => {
      if (!changed.has("tokens")) return;
      this.#read();
      this.#listeners.forEach(listener => listener());
    });
  }

  #read() {
    this.chosen = new Set(this.address.numbers("tokens").filter(id => this.byId.has(id)));
  }

  /** What a token is called; nothing if only its id is known. */
  #called(id) {
    const token = this.byId.get(id);
    const called = token?.glyph ?? token?.name;
    return called === String(id) || called === `token ${id}` ? undefined : called;
  }

  glyph(id) {
    return this.#called(id) ?? String(id);
  }

  /** Id with glyph or name: 65 A, 10 LF. */
  name(id) {
    const called = this.#called(id);
    return called ? `${id} ${called}` : String(id);
  }

  isDead(id) {
    return this.dead.has(id);
  }

  /** Some names, and how many more. */
  names(ids, most = 24) {
    return (
      ids
        .slice(0, most)
        .map(id => this.name(id))
        .join(", ") + (ids.length > most ? `, … (${count(ids.length - most)} more)` : "")
    );
  }

  choose(ids) {
    this.address.set({ tokens: ids.length === 0 ? null : ranges(new Set(ids)) });
  }

  toggle(ids) {
    const every = ids.every(id => this.chosen.has(id));
    const taken = new Set(ids);
    this.choose(every ? [...this.chosen].filter(id => !taken.has(id)) : [...this.chosen, ...ids]);
  }

  /** Tokens that a text finds: an id, a list or range of ids, a glyph, or a part of a name. */
  find(text) {
    const wanted = text.trim();
    if (wanted === "") return [];
    const ids = wanted.split(/[\s,]+/).flatMap(part => {
      const range = /^(\d+)(?:-(\d+))?$/.exec(part);
      if (!range) return [null];
      const [from, to] = [Number(range[1]), Number(range[2] ?? range[1])];
      return this.all.filter(token => token.id >= from && token.id <= to).map(token => token.id);
    });
    if (!ids.includes(null) && ids.length > 0) return [...new Set(ids)];
    const exact = this.all.filter(token => token.glyph === text || token.name === wanted);
    const low = wanted.toLowerCase();
    const found =
      exact.length > 0
        ? exact
        : this.all.filter(token => `${token.glyph ?? ""} ${token.name ?? ""}`.toLowerCase().includes(low));
    return found.map(token => token.id);
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
