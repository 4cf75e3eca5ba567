/** A recording comes in; how tokens move, in the space of W and on its lattice goes out, a class for each question. */
package org.lilgatsby.experiment.analyses.motion;
