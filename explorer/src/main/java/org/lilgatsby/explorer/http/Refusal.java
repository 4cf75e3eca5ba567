package org.lilgatsby.explorer.http;

/** A request that is not answered: a status, and one sentence for the user. */
public final class Refusal extends RuntimeException {
    private final int status;

    /** @param status 4xx or 5xx */
    public Refusal(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    /** What was asked for does not exist. */
    public static Refusal notFound(String sentence) {
        return new Refusal(404, sentence);
    }

    /** The request cannot be understood. */
    public static Refusal wrong(String sentence) {
        return new Refusal(400, sentence);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
