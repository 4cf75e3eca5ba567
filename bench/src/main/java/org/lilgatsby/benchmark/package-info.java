/** Kernels, configurations and large matrices come in; their rates on this machine, beside its peak, go out. */
package org.lilgatsby.benchmark;
