/** Recorded runs come in; what each found, concluded by its experiment, goes out as figures, verdict and sections. */
package org.lilgatsby.experiment;
