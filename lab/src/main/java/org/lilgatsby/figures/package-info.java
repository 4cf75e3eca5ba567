/** Copies of W and of logits come in; figures that a recording holds instead of rows go out, a class for each. */
package org.lilgatsby.figures;
