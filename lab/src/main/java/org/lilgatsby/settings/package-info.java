/**
 * Values and names from configurations and the command line come in; checked values and the implementations of these
 * names go out, or an error that says where the fault is.
 */
package org.lilgatsby.settings;
