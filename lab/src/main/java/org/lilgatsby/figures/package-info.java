/** Figures of W that a recording holds instead of its rows: observables that the recorder's thread computes. */
package org.lilgatsby.figures;
