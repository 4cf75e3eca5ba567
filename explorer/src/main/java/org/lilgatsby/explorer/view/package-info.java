/** A run that is mapped comes in; what the page draws of it goes out, all of it by the analyses of the command line. */
package org.lilgatsby.explorer.view;
