package io.gamehall.gateway.address;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.MultiMap;
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
        private final ClientAddresses addresses;

        Mirror(ClientAddresses addresses) {
            this.addresses = addresses;
        }

        @GET
        public String address() {
            return ClientAddress.current().toString();
        }

        @GET
        @Path("/passed-on")
        public String passedOn() {
            var headers = MultiMap.caseInsensitiveMultiMap();
            addresses.passOn(headers);
            return headers.get("gamehall-client-address");
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

    @Test
    void a_call_of_the_process_to_itself_passes_the_address_on() {
        var told = given().header("X-Forwarded-For", "2001:db8::7")
                .get(PATH + "/passed-on")
                .asString();

        given().header("gamehall-client-address", told).get(PATH).then().body(is("2001:db8:0:0:0:0:0:7"));
    }

    @Test
    void nobody_else_can_pass_one_on() {
        given().header("gamehall-client-address", "0".repeat(32) + " 203.0.113.9")
                .get(PATH)
                .then()
                .body(is("127.0.0.1"));
    }
}
