/** The runs of a sweep come in; what they found together goes out, as records, text and JSON. */
package org.lilgatsby.sweep.findings;
