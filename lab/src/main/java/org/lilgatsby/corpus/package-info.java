/** Text comes in; token ids, the live/dead census and batches in PyTorch's order go out. */
package org.lilgatsby.corpus;
