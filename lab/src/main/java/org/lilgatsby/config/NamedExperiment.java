package org.lilgatsby.config;

import org.lilgatsby.settings.Named;

/**
 * An experiment as configurations know it: a name that stands for a configuration, and that a {@code conclusion} may
 * hold. Its class is listed in {@code META-INF/services/org.lilgatsby.config.NamedExperiment}, and what it concludes
 * from a run is said by {@code experiment.Experiment}, which extends this.
 */
public interface NamedExperiment extends Named {
    /** What its report and verdict answer, in one line, as it stands beside {@code conclusion} in a printed YAML. */
    String asks();

    /**
     * Its configuration, a difference from the defaults: the file {@code NAME.yaml} beside its class.
     *
     * @throws IllegalStateException if there is no such file
     */
    default String yaml() {
        return ConfigYaml.resource(getClass(), name());
    }
}
