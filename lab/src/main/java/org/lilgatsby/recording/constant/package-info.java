/** Configuration, corpus and initial state come in; a tensor that a recording holds once goes out, a class for each. */
package org.lilgatsby.recording.constant;
