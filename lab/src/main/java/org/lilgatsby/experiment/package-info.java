/**
 * Recorded runs come in; their findings, with each experiment's conclusion, go out as figures, verdict and sections.
 */
package org.lilgatsby.experiment;
