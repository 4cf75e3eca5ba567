package org.lilgatsby.kernel;

import org.junit.jupiter.api.Tag;

/** The same of 16 million floats. */
@Tag("long")
class DenseDomainTest extends DomainTest {
    @Override
    int stride() {
        return 257;
    }
}
