/** The command line comes in; exit codes go out. One class a verb; the only place that exits. */
package org.lilgatsby.cli;
