/** Runs under way come in; events that tell how far they are go out. */
package org.lilgatsby.explorer.live;
