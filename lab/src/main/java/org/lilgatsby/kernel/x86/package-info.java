/**
 * Machine code for x86-64, written by Java at start: an assembler of the few instructions that products of bfloat16
 * need, the tiles made of them, and memory that the processor executes.
 */
package org.lilgatsby.kernel.x86;
