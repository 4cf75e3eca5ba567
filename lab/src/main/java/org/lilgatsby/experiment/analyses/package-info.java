/**
 * A run's recording and the name of an analysis come in; a table of figures, each with its unit and definition, goes
 * out.
 */
package org.lilgatsby.experiment.analyses;
