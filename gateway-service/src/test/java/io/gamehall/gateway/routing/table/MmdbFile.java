package io.gamehall.gateway.routing.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes small MaxMind databases (format 2.0, IPv6 trees with IPv4 at ::/96, records of 24 bits): maps, lists, strings
 * and numbers, which is what a country or city database has.
 */
final class MmdbFile {
    private static final byte[] MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SEPARATOR = 16;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final Object[] root = new Object[2];

    /** A network's record. @param bits of the address as written */
    MmdbFile add(String network, int bits, Map<String, ?> record) {
        var address = InetAddress.ofLiteral(network).getAddress();
        int skipped = address.length == 4 ? 96 : 0;
        Integer offset = data.size();
        encode(record);
        var node = root;
        for (int i = 0; i < skipped + bits; i++) {
            int bit = i < skipped ? 0 : address[(i - skipped) / 8] >> (7 - (i - skipped) % 8) & 1;
            if (i == skipped + bits - 1) node[bit] = offset;
            else node = (Object[]) (node[bit] == null ? node[bit] = new Object[2] : node[bit]);
        }
        return this;
    }

    void write(Path file) {
        var order = new ArrayList<Object[]>();
        collect(root, order);
        var out = new ByteArrayOutputStream();
        for (var node : order) {
            for (var side : node) {
                int value =
                        switch (side) {
                            case null -> order.size();
                            case Integer offset -> order.size() + SEPARATOR + offset;
                            default -> order.indexOf(side);
                        };
                out.write(value >> 16);
                out.write(value >> 8);
                out.write(value);
            }
        }
        out.writeBytes(new byte[SEPARATOR]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(MARKER);
        data.reset();
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("node_count", order.size());
        metadata.put("record_size", 24);
        metadata.put("ip_version", 6);
        metadata.put("database_type", "Test");
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", 1_700_000_000L);
        metadata.put("description", Map.of("en", "made by a test"));
        encode(metadata);
        out.writeBytes(data.toByteArray());
        try {
            Files.write(file, out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(Object[] node, List<Object[]> order) {
        order.add(node);
        for (var side : node) {
            if (side instanceof Object[] child) collect(child, order);
        }
    }

    private void encode(Object value) {
        switch (value) {
            case String text -> {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                control(2, bytes.length);
                data.writeBytes(bytes);
            }
            case Integer number -> {
                control(6, 4);
                for (int shift = 24; shift >= 0; shift -= 8) data.write(number >> shift);
            }
            case Long number -> {
                control(9, 8);
                for (int shift = 56; shift >= 0; shift -= 8) data.write((int) (number >> shift));
            }
            case Map<?, ?> fields -> {
                control(7, fields.size());
                fields.forEach((name, field) -> {
                    encode(name);
                    encode(field);
                });
            }
            case List<?> items -> {
                control(11, items.size());
                items.forEach(this::encode);
            }
            default -> throw new IllegalArgumentException("Not for this writer: " + value);
        }
    }

    /** Types above 7 take a second byte; sizes from 29 on one more. */
    private void control(int type, int size) {
        if (size >= 29 + 256) throw new IllegalArgumentException("Too long for this writer: " + size);
        int shown = Math.min(size, 29);
        data.write(type <= 7 ? type << 5 | shown : shown);
        if (type > 7) data.write(type - 7);
        if (shown == 29) data.write(size - 29);
    }
}
