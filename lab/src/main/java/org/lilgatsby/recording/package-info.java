/** Step events come in; a run directory with a recording that any safetensors reader opens goes out. */
package org.lilgatsby.recording;
