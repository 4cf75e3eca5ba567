/**
 * The loops of forward pass, backward pass and optimizer: float arrays come in, float arrays with the same bits on
 * every machine go out.
 */
package org.lilgatsby.kernel;
