/** A configuration and a generator come in; a model with its parameters, logits, loss and gradients goes out. */
package org.lilgatsby.model;
