package io.gamehall.activity.catalog.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gamehall.platform.Refusal.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Reads the members of a JSON object and notes everything that is wrong with them, each with its JSON pointer. A value
 * that was wrong is replaced by one that is not, so that reading goes on and finds the rest.
 */
final class Members {
    private final JsonNode object;
    private final String pointer;
    private final boolean strict;
    private final List<Violation> problems;
    /** What else is wrong is not named: nobody reads more. */
    private static final int PROBLEMS_MAX = 100;

    private final Set<String> asked = new HashSet<>();

    /**
     * @param strict whether members that nobody asks for are wrong
     * @param problems to which what is wrong is added
     */
    Members(JsonNode object, String pointer, boolean strict, List<Violation> problems) {
        this.object = object;
        this.pointer = pointer;
        this.strict = strict;
        this.problems = problems;
        if (!object.isObject()) wrong("", object.isMissingNode() ? "is missing" : "must be an object");
    }

    boolean has(String name) {
        return !member(name).isMissingNode();
    }

    long whole(String name, long min, long max) {
        var value = member(name);
        if (value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= min
                && value.longValue() <= max) {
            return value.longValue();
        }
        wrong("/" + name, "must be a whole number from " + min + " to " + max);
        return min;
    }

    long whole(String name, long min, long max, long fallback) {
        return has(name) ? whole(name, min, max) : fallback;
    }

    boolean flag(String name, boolean fallback) {
        var value = member(name);
        if (value.isMissingNode()) return fallback;
        if (!value.isBoolean()) wrong("/" + name, "must be true or false");
        return value.booleanValue();
    }

    String text(String name, int lengthMax) {
        var value = member(name);
        if (value.isTextual()) {
            var text = value.textValue().strip();
            var printable = text.codePoints().noneMatch(Character::isISOControl);
            if (!text.isEmpty() && text.length() <= lengthMax && printable) return text;
        }
        wrong("/" + name, "must be a text of 1 to " + lengthMax + " printable characters");
        return "?";
    }

    <E extends Enum<E>> E oneOf(String name, Class<E> type) {
        var value = member(name).asText("");
        for (var candidate : type.getEnumConstants()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(value)) return candidate;
        }
        wrong("/" + name, "must be one of " + String.join(", ", names(type)));
        return type.getEnumConstants()[0];
    }

    /** The objects of an array, which may be missing: then there are none. */
    List<Members> objects(String name, int max) {
        var objects = new ArrayList<Members>();
        each(
                name,
                max,
                (index, item) -> objects.add(new Members(item, pointer + "/" + name + "/" + index, strict, problems)));
        return objects;
    }

    /** The texts of an array, which may be missing, that can be read as something; those that can't are wrong. */
    <T> List<T> texts(String name, int max, Function<String, Optional<T>> reader, String what) {
        var values = new ArrayList<T>();
        each(name, max, (index, item) -> {
            var value = item.isTextual() ? reader.apply(item.textValue()) : Optional.<T>empty();
            value.ifPresentOrElse(values::add, () -> wrong("/" + name + "/" + index, what));
        });
        return values;
    }

    /** A text that can be read as something, or else a stand-in. */
    <T> T parsed(String name, Function<String, Optional<T>> reader, String what, T standIn) {
        var value = member(name);
        var parsed = value.isTextual() ? reader.apply(value.textValue()) : Optional.<T>empty();
        if (parsed.isEmpty()) wrong("/" + name, what);
        return parsed.orElse(standIn);
    }

    private void each(String name, int max, BiConsumer<Integer, JsonNode> reader) {
        var value = member(name);
        if (value.isMissingNode()) return;
        if (!value.isArray() || value.size() > max) {
            wrong("/" + name, "must be an array of at most " + max);
            return;
        }
        for (var index = 0; index < value.size(); index++) reader.accept(index, value.get(index));
    }

    Members object(String name) {
        return new Members(member(name), pointer + "/" + name, strict, problems);
    }

    /** Notes every member that nobody has asked for, if strict. */
    void nothingElse() {
        if (!strict) return;
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) wrong(token(name), "is not known");
        });
    }

    void wrong(String member, String what) {
        if (problems.size() < PROBLEMS_MAX) problems.add(new Violation(fragment(pointer + member), what));
    }

    /** RFC 6901, section 6. */
    private static String fragment(String pointer) {
        try {
            return new URI(null, null, pointer).toASCIIString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 6901, section 4. */
    private static String token(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private JsonNode member(String name) {
        asked.add(name);
        var value = object.get(name);
        return value == null || value.isNull() ? MissingNode.getInstance() : value;
    }

    private static List<String> names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
