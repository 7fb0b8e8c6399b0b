package io.gamehall.platform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * A problem detail (RFC 9457) as every REST API of GameHall answers it.
 *
 * @param type stable URI of the reason
 * @param title the reason in a sentence
 * @param status the HTTP status
 * @param detail what about this request
 * @param code the {@link Reason}
 * @param errors everything that is wrong with what was sent; left out where there is nothing to name
 * @param members particulars, each a member of the JSON object
 */
@RegisterForReflection
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Error> errors,
        @JsonIgnore Map<String, String> members) {
    /** Media type of the answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One thing that is wrong.
     *
     * @param pointer to the member that it is about, as the fragment of a URI
     */
    @RegisterForReflection
    public record Error(String pointer, String detail) {
        private static Error of(Refusal.Violation violation) {
            return new Error(violation.pointer(), violation.detail());
        }
    }

    private static final String TYPES = "https://gamehall.io/errors/";

    public static Problem of(Refusal refusal) {
        var reason = refusal.reason();
        return new Problem(
                TYPES + reason.name(),
                reason.title(),
                reason.http(),
                refusal.getMessage(),
                reason.name(),
                refusal.violations().stream().map(Error::of).toList(),
                refusal.metadata());
    }

    @JsonAnyGetter
    Map<String, String> particulars() {
        return members;
    }
}
