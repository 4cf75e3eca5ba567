/**
 * The safetensors format: tensors of known shape come in and a file that any reader opens goes out, and the other way
 * round; files are not trusted.
 */
package org.lilgatsby.safetensors;
