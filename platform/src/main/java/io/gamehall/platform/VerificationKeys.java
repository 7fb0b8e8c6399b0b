package io.gamehall.platform;

import io.smallrye.jwt.util.ResourceUtils;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The keys at one place (a file, a resource, or an http(s) URL), read again and again, so that new ones are learnt
 * without a restart: every {@code refresh}, and within seconds when a signature names a key that is not known. What
 * was read last stays good while the place can't be read. Looking up never blocks; safe for any thread.
 */
public final class VerificationKeys implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VerificationKeys.class);
    private static final long TICK_MS = 1_000;
    /** At most so often whoever sends signatures of unknown keys makes us read. */
    private static final long WANTED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long TIMEOUT_MS = 5_000;
    private static final int LENGTH_MAX = 65_536;

    private final Vertx vertx;
    private final String location;
    private final long refreshNanos;
    private final Optional<HttpClient> http;
    private final long timer;
    private volatile Optional<PublicKeys> keys = Optional.empty();
    private volatile boolean wanted;
    /** Confined to the timer's event loop, as is the next. */
    private boolean reading;

    private long readAtNanos;

    /** Begins to read; a file is read at once, so this may block for a moment. */
    public VerificationKeys(Vertx vertx, String location, Duration refresh) {
        this.vertx = vertx;
        this.location = location;
        this.refreshNanos = refresh.toNanos();
        var remote = location.startsWith("http:") || location.startsWith("https:");
        http = remote ? Optional.of(client(vertx)) : Optional.empty();
        readAtNanos = System.nanoTime() - (remote ? refreshNanos : 0);
        if (!remote) {
            try {
                learn(readResource());
            } catch (Exception unreadable) {
                warn(unreadable);
            }
        }
        timer = vertx.setPeriodic(remote ? 1 : TICK_MS, TICK_MS, tick -> readIfDue());
    }

    /** What is known now; empty as long as nothing could be read. */
    public Optional<PublicKeys> current() {
        return keys;
    }

    /** The key that a signature names, or null for none. @param id may be null */
    public Optional<RSAPublicKey> find(String id) {
        var found = keys.flatMap(known -> known.find(id));
        if (found.isEmpty()) wanted = true;
        return found;
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        http.ifPresent(HttpClient::close);
    }

    private void readIfDue() {
        long age = System.nanoTime() - readAtNanos;
        boolean due = keys.isEmpty() || age >= refreshNanos || wanted && age >= WANTED_NANOS;
        if (reading || !due) return;
        reading = true;
        wanted = false;
        readAtNanos = System.nanoTime();
        var text = http.map(this::fetch).orElseGet(() -> vertx.executeBlocking(this::readResource));
        text.compose(read -> vertx.<Void>executeBlocking(() -> {
                    learn(read);
                    return null;
                }))
                .onFailure(this::warn)
                .onComplete(done -> reading = false);
    }

    private void learn(String text) throws Exception {
        var read = Optional.of(PublicKeys.parse(text));
        if (read.equals(keys)) return;
        keys = read;
        LOG.infof(
                "Signatures of the keys %s are good from now on (%s)",
                read.get().ids(), location);
    }

    private void warn(Throwable failure) {
        LOG.warnf("No keys can be read at %s: %s", location, failure.getMessage());
    }

    private String readResource() throws IOException {
        var text = ResourceUtils.readResource(location);
        if (text == null) throw new IOException("There is nothing");
        return text;
    }

    private Future<String> fetch(HttpClient client) {
        var request = new RequestOptions().setAbsoluteURI(location).setTimeout(TIMEOUT_MS);
        return client.request(request)
                .compose(HttpClientRequest::send)
                .compose(VerificationKeys::body)
                .timeout(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    private static Future<String> body(HttpClientResponse response) {
        var whole = Promise.<String>promise();
        var read = Buffer.buffer();
        response.handler(part -> {
            if (read.length() + part.length() > LENGTH_MAX) {
                whole.tryFail("The answer is over " + LENGTH_MAX + " bytes");
                response.request().reset();
            } else {
                read.appendBuffer(part);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(ended -> {
            if (response.statusCode() == 200) whole.tryComplete(read.toString());
            else whole.tryFail("The answer has status " + response.statusCode());
        });
        return whole.future();
    }

    private static HttpClient client(Vertx vertx) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(1)
                .setConnectTimeout((int) TIMEOUT_MS)
                .setKeepAlive(false)
                .setIdleTimeout((int) TIMEOUT_MS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    }
}
