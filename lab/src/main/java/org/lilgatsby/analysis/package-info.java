/** Matrices and recordings come in; result records, each figure with its definition and unit, go out. */
package org.lilgatsby.analysis;
