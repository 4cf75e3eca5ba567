/** A name or a YAML file comes in; a run, recorded, analysed and judged, goes out. */
package org.lilgatsby.experiment;
