// One frame of the screen.

/** What waits for the end of the frame that is being made; null between frames. */
let last = null;

/**
 * Calls before the next paint: at the next frame, or at the end of this one when called during it, so that what follows
 * from a change is painted together with it. Answers something that is not null.
 */
export function beforePaint(callback) {
  if (last) return last.push(callback);
  return requestAnimationFrame(() => {
    last = [];
    try {
      callback();
    } finally {
      const waiting = last;
      last = null;
      waiting.forEach(paint => paint());
    }
  });
}
