package org.lilgatsby.analysis;

/**
 * What is known of all pairs of rows.
 *
 * @param edges number of adjacent pairs
 * @param union the connected sets of rows
 * @param hasEdge of each row, whether it is adjacent to another
 * @param min the smallest distance that is a number; NaN without one
 * @param sum of the distances, in the order of the rows
 * @param max the largest; 0 without a pair
 */
record RowPairs(long edges, UnionFind union, boolean[] hasEdge, double min, double sum, double max) {}
