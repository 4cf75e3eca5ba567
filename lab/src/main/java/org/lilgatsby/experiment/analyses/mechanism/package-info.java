/** A recording comes in; what moves the tokens goes out, a class for each question. */
package org.lilgatsby.experiment.analyses.mechanism;
