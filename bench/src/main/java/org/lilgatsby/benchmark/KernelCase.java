package org.lilgatsby.benchmark;

/**
 * One kernel at one shape, ready to be measured.
 *
 * @param name what it computes
 * @param shape rows x length of the sum x columns of a product, otherwise the shape of its operands
 * @param flop floating point operations of one execution
 * @param dense whether it is a product of matrices, which kernels of bfloat16 compute by dot products
 * @param work executes it once
 */
public record KernelCase(String name, String shape, double flop, boolean dense, Measurement.Work work) {}
