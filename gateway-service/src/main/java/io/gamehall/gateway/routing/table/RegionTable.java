package io.gamehall.gateway.routing.table;

import io.gamehall.gateway.address.CidrTable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the table of regions: lines {@code CIDR region}; {@code #} begins a comment, empty lines are passed over. */
final class RegionTable {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private RegionTable() {}

    /** @throws IllegalArgumentException naming the first line that makes no sense */
    static CidrTable<String> read(Path file) throws IOException {
        var table = new CidrTable.Builder<String>();
        int number = 0;
        try (var lines = Files.newBufferedReader(file)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                add(table, line);
            }
        } catch (MalformedInputException binary) {
            throw new IllegalArgumentException("line " + (number + 1) + " or after: not UTF-8", binary);
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException("line " + number + ": " + broken.getMessage(), broken);
        }
        return table.build();
    }

    private static void add(CidrTable.Builder<String> table, String line) {
        int comment = line.indexOf('#');
        var text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.isEmpty()) return;
        var words = SPACE.split(text);
        if (words.length != 2) throw new IllegalArgumentException("not 'CIDR region': '" + text + "'");
        if (!REGION.matcher(words[1]).matches()) {
            throw new IllegalArgumentException("'" + words[1] + "' is no region's name");
        }
        table.add(words[0], words[1]);
    }
}
