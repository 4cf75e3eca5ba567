/** A recorded run comes in; what it found, judged by its experiment's conclusion, goes out. */
package org.lilgatsby.experiment;
