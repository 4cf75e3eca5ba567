/** The verb {@code explore}: directories come in; the runs, sweeps and checkpoints in them go out, to a browser. */
package org.lilgatsby.explorer;
