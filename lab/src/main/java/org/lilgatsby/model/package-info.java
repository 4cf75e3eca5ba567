/** GPT-2: a configuration and a generator come in; parameters, logits, loss and gradients go out. */
package org.lilgatsby.model;
