/** Paths and bytes come in; files that survive a loss of power, hashes, room on the disk and printable text go out. */
package org.lilgatsby.files;
