/** A recording comes in; when, where and why tokens come to rest goes out, a class for each question. */
package org.lilgatsby.experiment.analyses.freezing;
