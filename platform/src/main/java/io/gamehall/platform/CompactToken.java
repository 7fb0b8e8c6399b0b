package io.gamehall.platform;

/**
 * How a JWT is spelt (RFC 7515, compact serialization). Decoders pass over what is no base64url and over bits that mean
 * nothing, so one signature has countless spellings; only one of them is canonical.
 */
final class CompactToken {
    private static final int PARTS = 3;

    private CompactToken() {}

    /** Whether it is three parts that encoding again what they decode to would give unchanged. Allocates nothing. */
    static boolean isCanonical(String token) {
        int parts = 0;
        int begin = 0;
        while (begin <= token.length()) {
            int dot = token.indexOf('.', begin);
            int end = dot < 0 ? token.length() : dot;
            if (++parts > PARTS || !isCanonical(token, begin, end)) return false;
            begin = end + 1;
        }
        return parts == PARTS;
    }

    private static boolean isCanonical(String token, int begin, int end) {
        if (begin == end) return false;
        int last = 0;
        for (int i = begin; i < end; i++) {
            last = value(token.charAt(i));
            if (last < 0) return false;
        }
        return switch ((end - begin) % 4) {
            case 0 -> true;
            // One byte in the last two characters, or two in the last three: the bits that are left over are 0.
            case 2 -> (last & 0b1111) == 0;
            case 3 -> (last & 0b11) == 0;
            default -> false;
        };
    }

    private static int value(char c) {
        if (c >= 'A' && c <= 'Z') return c - 'A';
        if (c >= 'a' && c <= 'z') return c - 'a' + 26;
        if (c >= '0' && c <= '9') return c - '0' + 52;
        if (c == '-') return 62;
        return c == '_' ? 63 : -1;
    }
}
