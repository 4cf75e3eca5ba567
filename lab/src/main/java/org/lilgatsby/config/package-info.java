/** YAML and settings of a command line come in; an experiment as one immutable record, its YAML and its key go out. */
package org.lilgatsby.config;
