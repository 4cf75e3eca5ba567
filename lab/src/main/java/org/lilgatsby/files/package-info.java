/**
 * Paths, bytes and JSON files from anywhere come in; files that survive a loss of power, hashes, room on the disk,
 * printable text and checked values go out.
 */
package org.lilgatsby.files;
