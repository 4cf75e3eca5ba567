/** The verb {@code explore}: runs, sweeps and checkpoints in the browser of this machine. */
package org.lilgatsby.explorer;
