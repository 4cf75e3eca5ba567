package org.lilgatsby.sweep;

/** A 95 % bootstrap interval, in the unit of its figure; both ends are NaN for a single value. */
public record Interval(double low, double high) {}
