/** A run's directory comes in; its recording and facts, verification, seal and differences from another run go out. */
package org.lilgatsby.archive;
