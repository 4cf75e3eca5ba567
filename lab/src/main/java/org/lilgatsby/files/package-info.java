/** In: bytes and files. Out: their hashes. */
package org.lilgatsby.files;
