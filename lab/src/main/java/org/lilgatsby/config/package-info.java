/**
 * YAML and command-line settings come in; an experiment goes out as one immutable record, with its YAML and its key.
 */
package org.lilgatsby.config;
