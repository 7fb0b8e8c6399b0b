package io.gamehall.gateway.routing.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.routing.Arrival;
import io.gamehall.gateway.routing.Redirected;
import io.gamehall.gateway.routing.RoutePlayer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The REST twin of {@code LoginService.Route}. */
@Path("/api/route")
@Produces(MediaType.APPLICATION_JSON)
public class RouteResource {
    private final RoutePlayer routePlayer;

    RouteResource(RoutePlayer routePlayer) {
        this.routePlayer = routePlayer;
    }

    /** The client's hall; without a ticket it is the one that was asked. The address is host:port. */
    @RegisterForReflection
    public record HallView(
            @JsonProperty("region") String region,
            @JsonProperty("hall_address") String hallAddress,
            @JsonProperty("ticket") String ticket) {}

    /** 200 if the client is right here, else 307 to the same path of the other hall. */
    @GET
    @NonBlocking
    public RestResponse<HallView> route(
            @QueryParam("region") @DefaultValue("") String region,
            @QueryParam("ticket") @DefaultValue("") String ticket) {
        return routePlayer
                .asking(new Arrival(region, ticket, ClientAddress.current()))
                .map(to -> elsewhere(to, region))
                .orElseGet(this::here);
    }

    private RestResponse<HallView> here() {
        var here = routePlayer.here();
        return RestResponse.ResponseBuilder.ok(new HallView(here.region(), here.address(), ""))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static RestResponse<HallView> elsewhere(Redirected to, String asked) {
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.TEMPORARY_REDIRECT,
                        new HallView(to.region(), to.hallAddress(), to.ticket()))
                .location(to.location("/api/route", asked))
                .header("Cache-Control", "no-store")
                .build();
    }
}
