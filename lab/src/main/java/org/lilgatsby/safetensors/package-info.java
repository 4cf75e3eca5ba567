/**
 * The safetensors format: tensors of known shape come in and a file any reader opens goes out, and the other way round;
 * files are hostile.
 */
package org.lilgatsby.safetensors;
