/** Kernels and configurations come in; their rates on this machine, as shares of its peak, go out. */
package org.lilgatsby.benchmark;
