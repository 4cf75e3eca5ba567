/**
 * Files of token ids come in, larger than memory; ids, how often each occurs and a hash go out, and the files of ids.
 */
package org.lilgatsby.tokenfile;
