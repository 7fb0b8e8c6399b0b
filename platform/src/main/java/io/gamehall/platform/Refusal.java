package io.gamehall.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request is answered with a {@link Reason} instead of a result. Adapters throw it, or fail a {@code Uni} with it;
 * {@link GrpcRefusals} and {@link RestRefusals} put it on the wire. It carries no stack trace: it is an answer, no bug.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Map<String, String> metadata;
    private final transient Optional<Duration> retryAfter;
    private final transient List<Violation> violations;

    /**
     * One thing that is wrong with what was sent.
     *
     * @param pointer to the member, as the fragment of a URI (RFC 6901, section 6): {@code #/reward/amount}
     * @param detail what it must be
     */
    public record Violation(String pointer, String detail) {}

    /**
     * @param reason why
     * @param detail what about this request, for the developer of the client; never another player's data
     */
    public Refusal(Reason reason, String detail) {
        this(reason, detail, Map.of(), Optional.empty(), List.of());
    }

    private Refusal(
            Reason reason,
            String detail,
            Map<String, String> metadata,
            Optional<Duration> retryAfter,
            List<Violation> violations) {
        super(detail, null, false, false);
        this.reason = reason;
        this.metadata = Map.copyOf(metadata);
        this.retryAfter = retryAfter;
        this.violations = List.copyOf(violations);
    }

    /** The same with machine-readable particulars ({@code ErrorInfo.metadata}, members of the problem detail). */
    public Refusal with(Map<String, String> particulars) {
        return new Refusal(reason, getMessage(), particulars, retryAfter, violations);
    }

    /** The same, telling the client to try again after that time ({@code RetryInfo}, {@code Retry-After}). */
    public Refusal retryAfter(Duration delay) {
        return new Refusal(reason, getMessage(), metadata, Optional.of(delay), violations);
    }

    /** The same, naming everything that is wrong ({@code BadRequest}, the member {@code errors} of RFC 9457). */
    public Refusal violations(List<Violation> found) {
        return new Refusal(reason, getMessage(), metadata, retryAfter, found);
    }

    public Reason reason() {
        return reason;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    /** Empty, unless the refusal is for things that were sent. */
    public List<Violation> violations() {
        return violations;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
