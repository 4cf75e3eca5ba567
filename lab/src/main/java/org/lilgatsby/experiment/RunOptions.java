package org.lilgatsby.experiment;

import org.lilgatsby.kernel.Kernels;

/**
 * How a run is carried out; nothing here changes a bit of what it computes.
 *
 * @param program version of the program, for the manifest
 * @param kernels implementation of the kernels
 * @param threads workers of a step
 */
public record RunOptions(String program, Kernels kernels, int threads) {}
