package io.gamehall.gateway.address;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class ClientAddressTest {
    private static final String PATH = "/test/client-address";

    /** Tells callers what is known of them. */
    @Path(PATH)
    public static class Mirror {
        @GET
        public String address() {
            return ClientAddress.current().toString();
        }
    }

    @Test
    void a_client_has_the_address_of_its_connection() {
        given().get(PATH).then().statusCode(200).body(is("127.0.0.1"));
    }

    /** 127.0.0.1 is a trusted proxy in these tests. */
    @Test
    void behind_a_proxy_it_has_the_one_that_the_proxy_tells() {
        given().header("X-Forwarded-For", "198.51.100.7, 203.0.113.5")
                .get(PATH)
                .then()
                .body(is("203.0.113.5"));
    }
}
