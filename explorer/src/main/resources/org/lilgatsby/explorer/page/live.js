// What the server tells by itself: the list changed, or a run under way took steps.

export class Live {
  #listeners = new Map();

  /** A hidden page listens to nothing, so that the server looks for nothing; seen again, it asks what changed. */
  constructor(say) {
    if (!document.hidden) this.#connect(say, false);
    document.addEventListener("visibilitychange", () => {
      this.source?.close();
      if (!document.hidden) this.#connect(say, true);
    });
  }

  #connect(say, again) {
    this.source = new EventSource("/api/events");
    this.source.addEventListener("items", () => this.#tell("items", {}));
    this.source.addEventListener("run", event => this.#tell("run", JSON.parse(event.data)));
    let lost = false;
    this.source.addEventListener("error", () => {
      if (!lost) say("The explorer does not respond at the moment; this page may be out of date.");
      lost = true;
    });
    this.source.addEventListener("open", () => {
      if (lost) say("The explorer responds again.");
      lost = false;
      if (again) this.#tell("items", {});
      again = false;
    });
  }

  #tell(kind, data) {
    for (const listener of this.#listeners.get(kind) ?? []) listener(data);
  }

  on(kind, listener) {
    if (!this.#listeners.has(kind)) this.#listeners.set(kind, new Set());
    this.#listeners.get(kind).add(listener);
    return () => this.#listeners.get(kind).delete(listener);
  }
}
