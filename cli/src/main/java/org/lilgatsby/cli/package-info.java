/** The command line comes in; exit codes go out. One class a command; the only place that exits. */
package org.lilgatsby.cli;
