package org.lilgatsby.training;

import org.lilgatsby.settings.Catalog;

/** The catalogs of this package, loaded once. */
final class Catalogs {
    static final Catalog<Optimizer> OPTIMIZERS = Catalog.of("optimizer", Optimizer.class);
    static final Catalog<Schedule> SCHEDULES = Catalog.of("schedule", Schedule.class);

    private Catalogs() {}
}
