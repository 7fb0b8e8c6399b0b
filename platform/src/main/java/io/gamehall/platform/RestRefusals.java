package io.gamehall.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Puts every failure of a REST call on the wire as a {@link Problem}; a stack trace goes to the log only. */
public class RestRefusals {
    private static final Logger LOG = Logger.getLogger(RestRefusals.class);
    private static final long SECOND_MS = 1_000;

    @ServerExceptionMapper
    public Response refused(Refusal refusal) {
        var response = Response.status(refusal.reason().http())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(refusal));
        refusal.retryAfter()
                // Whole seconds, and not too early.
                .ifPresent(delay -> response.header(
                        HttpHeaders.RETRY_AFTER, Math.max(1, Math.ceilDiv(delay.toMillis(), SECOND_MS))));
        return response.build();
    }

    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException unfit) {
        return refused(new Refusal(Reason.REQUEST_INVALID, "The JSON does not fit: " + unfit.getOriginalMessage()));
    }

    @ServerExceptionMapper
    public Response malformed(JsonProcessingException broken) {
        return refused(new Refusal(Reason.REQUEST_INVALID, "Not JSON: " + broken.getOriginalMessage()));
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException failure) {
        return switch (failure.getResponse().getStatus()) {
            case 404 -> refused(new Refusal(Reason.PATH_UNKNOWN, "Look at /q/openapi for what there is"));
            case 405 -> refused(new Refusal(Reason.METHOD_NOT_ALLOWED, "Look at /q/openapi for what there is"));
            case 413 -> refused(new Refusal(Reason.BODY_TOO_LARGE, "The body is over the limit"));
            case 406, 415 -> refused(new Refusal(Reason.MEDIA_TYPE_UNSUPPORTED, "Send and accept application/json"));
            case 500 -> bug(failure);
            default ->
                refused(new Refusal(
                        Reason.REQUEST_INVALID,
                        failure.getCause() instanceof JsonProcessingException json
                                ? "Not JSON: " + json.getOriginalMessage()
                                : "The request can't be read"));
        };
    }

    @ServerExceptionMapper
    public Response bug(Throwable failure) {
        LOG.error("A request failed", failure);
        return refused(new Refusal(Reason.INTERNAL, "The failure has been logged"));
    }
}
