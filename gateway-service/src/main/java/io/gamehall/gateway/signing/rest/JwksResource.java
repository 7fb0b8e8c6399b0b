package io.gamehall.gateway.signing.rest;

import io.gamehall.gateway.signing.SigningKey;
import io.gamehall.platform.Tickets;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The public keys of this hall as a JWK set, for the services behind: those that it believes, and the one it signs with. */
@Path("/api/jwks.json")
public class JwksResource {
    /** So long a new key is unknown at most to those who ask through a cache. */
    private static final String CACHING = "public, max-age=60";

    private final SigningKey signingKey;
    private final Tickets tickets;

    JwksResource(SigningKey signingKey, Tickets tickets) {
        this.signingKey = signingKey;
        this.tickets = tickets;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public RestResponse<String> keys() {
        var own = signingKey.publicKeys();
        var all = tickets.keys().map(own::and).orElse(own);
        return RestResponse.ResponseBuilder.ok(all.toJson())
                .header("Cache-Control", CACHING)
                .build();
    }
}
