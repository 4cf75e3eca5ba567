/**
 * Values and names that somebody gives come in; checked values and the things of these names go out, or an error that
 * says where it is.
 */
package org.lilgatsby.settings;
