/** A configuration comes in; a trained, analysed, reported and sealed run and its findings go out. */
package org.lilgatsby.laboratory;
