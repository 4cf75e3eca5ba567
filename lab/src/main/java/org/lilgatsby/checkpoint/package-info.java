/** A Hugging Face model directory comes in or goes out: configuration, one or several safetensors files, tokenizer. */
package org.lilgatsby.checkpoint;
