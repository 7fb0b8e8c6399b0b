package io.gamehall.gateway.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * gRPC-Web on the port of everything else (docs/adr/0013): a call that comes in its content type goes through the router
 * once more, dressed as a gRPC call. So whatever holds for gRPC calls (limits, addresses, tickets, cancellation, back
 * pressure) holds for these, with no second connection between.
 */
@Singleton
public class WebCalls {
    /** Before everything else, so that nothing sees a call twice. */
    private static final int PRIORITY = 3_000;

    private static final String WEB = "gamehall-web-call";
    private static final int FRAME_HEAD_BYTES = 5;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final int bodyMax;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<WebEncoding, Counter> calls = new EnumMap<>(WebEncoding.class);
    private Router router;

    WebCalls(WebConfig config, MeterRegistry metrics) {
        bodyMax = FRAME_HEAD_BYTES + config.messageMax();
        metrics.gauge("gamehall.web.open", open);
        Arrays.stream(WebEncoding.values())
                .forEach(encoding -> calls.put(
                        encoding,
                        metrics.counter(
                                "gamehall.web.calls",
                                "encoding",
                                encoding.name().toLowerCase(Locale.ROOT))));
    }

    void register(@Observes Filters filters) {
        filters.register(this::translate, PRIORITY);
        filters.register(this::count, PRIORITY - 1);
    }

    void dispatchTo(@Observes Router all) {
        router = all;
    }

    private void translate(RoutingContext call) {
        var request = (HttpServerRequestInternal) call.request();
        var encoding = WebEncoding.of(request.getHeader("content-type"));
        if (encoding.isEmpty()) {
            call.next();
            return;
        }
        if (request.method() != HttpMethod.POST) {
            call.response()
                    .setStatusCode(METHOD_NOT_ALLOWED)
                    .putHeader("allow", "POST")
                    .end();
            return;
        }
        calls.get(encoding.get()).increment();
        ContextLocals.put(WEB, true);
        router.handle(new WebRequest(request, encoding.get(), bodyMax));
    }

    private void count(RoutingContext call) {
        if (ContextLocals.get(WEB).isPresent()) {
            open.incrementAndGet();
            call.addEndHandler(ended -> open.decrementAndGet());
        }
        call.next();
    }
}
