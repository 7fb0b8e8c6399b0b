package io.gamehall.gateway.address;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.format.util.DualIPv4v6AssociativeTries;
import io.quarkus.runtime.annotations.RegisterResourceBundle;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What belongs to blocks of IPv4 and IPv6 addresses: the smallest block that holds an address decides. Immutable; a
 * look-up walks a trie, at most as deep as the address has bits, and takes less than a microsecond.
 *
 * @param <V> what a block has
 */
public final class CidrTable<V> {
    private static final IPAddressGenerator ADDRESSES = new IPAddressGenerator();
    /** {@code 10.1.0.0/16}, {@code 2001:db8::/32} or a single address; none of the library's many other notations. */
    private static final IPAddressStringParameters NOTATION = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .allowWildcardedSeparator(false)
            .allow_inet_aton(false)
            .toParams();

    private final DualIPv4v6AssociativeTries<V> tries;
    private final int size;

    private CidrTable(DualIPv4v6AssociativeTries<V> tries, int size) {
        this.tries = tries;
        this.size = size;
    }

    /** A table of one value for all of some blocks. */
    public static <V> CidrTable<V> of(Iterable<String> blocks, V value) {
        var table = new Builder<V>();
        blocks.forEach(block -> table.add(block, value));
        return table.build();
    }

    public Optional<V> find(InetAddress address) {
        if (size == 0) return Optional.empty();
        var block = tries.longestPrefixMatchNode(ADDRESSES.from(address));
        return block == null ? Optional.empty() : Optional.of(block.getValue());
    }

    /** How many blocks there are. */
    public int size() {
        return size;
    }

    /** Collects blocks. For one thread. */
    // The library's error texts, for a native executable.
    @RegisterResourceBundle(bundleName = "inet.ipaddr.IPAddressResources")
    public static final class Builder<V> {
        private final DualIPv4v6AssociativeTries<V> tries = new DualIPv4v6AssociativeTries<>();
        private int size;

        /**
         * @param block {@code address/bits}, or a single address
         * @throws IllegalArgumentException if it is no block, has bits set behind its prefix, or is there already
         */
        public Builder<V> add(String block, V value) {
            var parsed = parse(block);
            if (tries.get(parsed) != null) throw new IllegalArgumentException("'" + block + "' is there twice");
            tries.put(parsed, value);
            size++;
            return this;
        }

        /** To be called once, at the end. */
        public CidrTable<V> build() {
            return new CidrTable<>(tries, size);
        }

        private static IPAddress parse(String block) {
            try {
                var parsed = new IPAddressString(block, NOTATION).toAddress();
                if (parsed.isMultiple() && !parsed.isSinglePrefixBlock()
                        || parsed.isPrefixed() && !parsed.isPrefixBlock()) {
                    throw new IllegalArgumentException("'" + block + "' has bits set behind its prefix");
                }
                return parsed;
            } catch (AddressStringException invalid) {
                throw new IllegalArgumentException("'" + block + "' is no block of addresses", invalid);
            }
        }
    }
}
