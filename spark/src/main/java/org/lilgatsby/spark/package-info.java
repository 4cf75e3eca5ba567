/**
 * Sweeps on Apache Spark. The points of a sweep and a master's URL come in; what was kept of each run goes out, with
 * the same bits as on one machine.
 */
package org.lilgatsby.spark;
