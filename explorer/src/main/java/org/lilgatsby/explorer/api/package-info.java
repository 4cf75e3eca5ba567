/** Requests of the explorer's page come in; what it draws goes out. */
package org.lilgatsby.explorer.api;
