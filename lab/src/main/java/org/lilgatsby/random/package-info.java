/**
 * PyTorch's CPU generator: a seed comes in, the same integers, uniforms, normals and permutations as PyTorch draws go
 * out.
 */
package org.lilgatsby.random;
