/** A configuration comes in; a run that is trained, analysed, reported and sealed goes out, and its findings. */
package org.lilgatsby.laboratory;
