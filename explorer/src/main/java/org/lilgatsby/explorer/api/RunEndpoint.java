package org.lilgatsby.explorer.api;

import java.io.IOException;
import org.lilgatsby.explorer.http.Answer;
import org.lilgatsby.explorer.http.Query;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;

/** What answers a request about one run. */
@FunctionalInterface
interface RunEndpoint {
    /**
     * @throws IOException if the run cannot be read
     * @throws org.lilgatsby.explorer.http.Refusal if the request cannot be answered
     */
    Answer answer(Place place, OpenRun run, Query query) throws IOException;
}
