package io.gamehall.gateway.testing;

import io.gamehall.v1.Event;
import io.gamehall.v1.SubscribeRequest;
import java.util.List;

/** An event stream that reads only as many events as the test asks for, and can be cut off. */
public final class EventReader extends StreamReader<SubscribeRequest, Event> {
    public final List<Event> events = messages;

    /** Subscribes; reads nothing yet. */
    public static EventReader of(Client client, String token, SubscribeRequest request) {
        var reader = new EventReader();
        client.eventsAsync(token).subscribe(request, reader);
        return reader;
    }
}
