/**
 * A configuration and a corpus come in; a trained run's directory goes out, or the reason why there is no room for it.
 */
package org.lilgatsby.run;
