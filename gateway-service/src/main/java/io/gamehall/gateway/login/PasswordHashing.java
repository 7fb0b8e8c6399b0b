package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.Password;
import io.gamehall.platform.Reason;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Hashes and checks passwords (bcrypt) as {@link BoundedWork}, of which no address gets more than a part: beyond it, it
 * is shed with {@link Reason#OVERLOADED}, and the others still log in.
 */
@Singleton
class PasswordHashing {
    private final BoundedWork work;
    private final int cost;
    private final int addressMax;
    /** Of those networks only that have a password in queue or work. */
    private final ConcurrentHashMap<InetAddress, Integer> underWay = new ConcurrentHashMap<>();
    /** Checked when there is no account, so that this takes as long as a wrong password. */
    private final String nobody;

    PasswordHashing(LoginConfig config, Vertx vertx) {
        cost = config.bcryptCost();
        nobody = BcryptUtil.bcryptHash("nobody has this password", cost);
        addressMax = config.addressQueueMax();
        int threads = config.workers().orElseGet(BoundedWork::threads);
        work = new BoundedWork("password-", threads, config.queueMax(), config.waitMax(), vertx);
    }

    @PreDestroy
    void stop() {
        work.close();
    }

    /** The hash of a password. Answers on the caller's event loop. @param network of whom it is */
    Uni<String> hash(Password password, InetAddress network) {
        return work(network, () -> BcryptUtil.bcryptHash(password.value(), cost));
    }

    /**
     * Whether a password belongs to a hash; false for none, after the same time. Answers on the caller's event loop.
     *
     * @param network of whom the password is
     */
    Uni<Boolean> matches(Password password, Optional<String> hash, InetAddress network) {
        return work(network, () -> BcryptUtil.matches(password.value(), hash.orElse(nobody)) && hash.isPresent());
    }

    private <T> Uni<T> work(InetAddress network, Supplier<T> job) {
        return Uni.createFrom().deferred(() -> {
            if (underWay.merge(network, 1, Integer::sum) > addressMax) {
                ended(network);
                throw BoundedWork.overloaded();
            }
            return work.run(job, () -> ended(network));
        });
    }

    private void ended(InetAddress network) {
        underWay.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
    }
}
