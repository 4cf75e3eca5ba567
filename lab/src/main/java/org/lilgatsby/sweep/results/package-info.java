/** A sweep and a store come in; tables and reports go out. */
package org.lilgatsby.sweep.results;
