/**
 * A recording comes in; which tokens share a row, and how far apart the other rows are goes out, a class for each
 * question.
 */
package org.lilgatsby.experiment.analyses.structure;
