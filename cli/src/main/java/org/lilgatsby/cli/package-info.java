/** The command line comes in; exit codes go out. One class per command; the only package that exits. */
package org.lilgatsby.cli;
