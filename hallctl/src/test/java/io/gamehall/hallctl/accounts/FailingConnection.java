package io.gamehall.hallctl.accounts;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that ends at a given step of the program, as if that had been killed there. */
final class FailingConnection {
    private static final Set<String> STEPS = Set.of("executeQuery", "executeUpdate", "executeBatch", "commit");

    /** When it ends: nothing after that reaches the database. */
    enum End {
        BEFORE_THE_STEP,
        AFTER_THE_STEP
    }

    private FailingConnection() {}

    /** @param left steps until the end; shared by the connections that end together */
    static Connection of(Connection real, AtomicInteger left, End end) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            var result = step(real, real, method, arguments, left, end);
            if (!method.getName().equals("prepareStatement")) return result;
            return proxy(
                    PreparedStatement.class, (statement, call, values) -> step(real, result, call, values, left, end));
        });
    }

    private static Object step(
            Connection real, Object target, Method method, Object[] arguments, AtomicInteger left, End end)
            throws Throwable {
        if (!STEPS.contains(method.getName())) return call(target, method, arguments);
        var rest = left.decrementAndGet();
        if (rest < 0 || rest == 0 && end == End.BEFORE_THE_STEP) throw ended(real);
        var result = call(target, method, arguments);
        if (rest == 0) throw ended(real);
        return result;
    }

    private static SQLException ended(Connection real) throws SQLException {
        real.abort(Runnable::run);
        return new SQLException("Killed here");
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
