/** The points of a sweep come in; their runs go into a store. */
package org.lilgatsby.sweep.execution;
