/**
 * Benchmarks: the laboratory's kernels and training steps come in; their rates, as shares of the machine's peak, go
 * out.
 */
package org.lilgatsby.bench;
