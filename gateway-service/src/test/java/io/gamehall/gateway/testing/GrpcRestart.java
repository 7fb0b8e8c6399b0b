package io.gamehall.gateway.testing;

import io.quarkus.grpc.stubs.ServerCalls;

/**
 * Quarkus keeps the first application's handler of refusals in a static field, where a second application of the same
 * JVM finds it and is not understood. A test class that restarts the application calls this before and after all.
 */
public final class GrpcRestart {
    private GrpcRestart() {}

    public static void forgetFormerApplication() throws ReflectiveOperationException {
        var handler = ServerCalls.class.getDeclaredField("ehp");
        handler.setAccessible(true);
        handler.set(null, null);
    }
}
