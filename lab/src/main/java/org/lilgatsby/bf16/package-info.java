/** bfloat16 as 16 bits: floats come in, bits, lattice indices and units in the last place go out. */
package org.lilgatsby.bf16;
