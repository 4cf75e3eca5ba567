/**
 * A base experiment and what varies in it come in; the points of a grid, a store of their runs, tables and statistics
 * go out.
 */
package org.lilgatsby.sweep;
