package org.lilgatsby.model;

import org.lilgatsby.settings.Catalog;

/** The catalogs of this package, loaded once. */
final class Catalogs {
    static final Catalog<Initialization> INITIALIZATIONS = Catalog.of("initialization mode", Initialization.class);

    private Catalogs() {}
}
