/**
 * Text and the files of a tokenizer come in; token ids go out, and text again; from a text, a tokenizer trained on it.
 */
package org.lilgatsby.tokenizer;
