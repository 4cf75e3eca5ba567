/** Batches and a model come in; typed events at named instants of every step go out. */
package org.lilgatsby.training;
