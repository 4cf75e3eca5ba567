/** Directories come in; the runs, sweeps and checkpoints below them go out, summarised, and mapped for reading. */
package org.lilgatsby.explorer.library;
