package org.lilgatsby.model;

import org.lilgatsby.settings.Catalog;

/** What is found by name, looked for once. */
final class Catalogs {
    static final Catalog<Initialization> INITIALIZATIONS = Catalog.of("initialization mode", Initialization.class);

    private Catalogs() {}
}
