/** The state of a run at an instant of a step comes in; one row of one quantity goes out, a class for each quantity. */
package org.lilgatsby.recording.observable;
