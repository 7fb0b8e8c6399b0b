package io.gamehall.reward.store;

/** Why the database did not do something. Nothing of a failed transaction stands. */
public abstract sealed class StoreFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreFault(String message, Throwable cause) {
        super(message, cause);
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
            /** The database chose us as a deadlock's victim, or we waited for a lock for too long. */
            LOCK
        }
    }

    /** The data itself is refused; trying again does not help. */
    public static final class Rejected extends StoreFault {
        private static final long serialVersionUID = 1L;

        public Rejected(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }
}
