package io.gamehall.reward.store;

/** Why the database did not do something. Nothing of a failed transaction stands. */
public abstract sealed class StoreFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreFault(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether a failure is our own doing, which meets the same data again however often they are tried. An
     * IllegalStateException is not taken for one, because the client throws it when a pool is closed; nor are subclasses of
     * IllegalArgumentException, of which some tell of addresses that can't be reached.
     */
    public static boolean isBug(Throwable failure) {
        return failure instanceof NullPointerException
                || failure instanceof ClassCastException
                || failure instanceof IndexOutOfBoundsException
                || failure.getClass() == IllegalArgumentException.class;
    }

    /** The database is away, restarting or too slow. Try again later, for as long as it takes. */
    public static final class Unavailable extends StoreFault {
        private static final long serialVersionUID = 1L;

        public Unavailable(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** Another writer was faster. Try again at once: the next attempt sees what it wrote. */
    public static final class Conflict extends StoreFault {
        private static final long serialVersionUID = 1L;

        private final Kind kind;

        public Conflict(Kind kind, String message) {
            super(message, null);
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }

        /** How the other writer showed. */
        public enum Kind {
            /** A row had another version than the one read. */
            VERSION,
            /** A row that was to be new stood there already. */
            KEY,
            /**
             * The database chose us as a deadlock's victim, we waited for a lock for too long, or it does not let us write
             * what another has written meanwhile.
             */
            LOCK
        }
    }

    /** The data itself is refused, or a bug stumbles over it; trying again does not help. */
    public static final class Rejected extends StoreFault {
        private static final long serialVersionUID = 1L;

        public Rejected(Throwable cause) {
            super(isBug(cause) ? cause.toString() : String.valueOf(cause.getMessage()), cause);
        }
    }
}
