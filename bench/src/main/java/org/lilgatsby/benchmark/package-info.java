/** Kernels, configurations and large matrices come in; their rates on this machine, and its peak, go out. */
package org.lilgatsby.benchmark;
