package io.gamehall.journeys.deployment;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The environment variables that a program understands, read from its sources: its {@code @ConfigMapping}s, its
 * properties, and the extensions of Quarkus that it ships.
 *
 * @param known those it understands
 * @param required those among them without which it does not start
 */
record ServiceSettings(Set<String> known, Set<String> required) {
    private static final Pattern MAPPING = Pattern.compile(
            "@ConfigMapping\\(prefix = \"([^\"]+)\"\\)[^{]*interface \\w+ \\{(.*?)\\n(?: {4})?}", Pattern.DOTALL);
    /** Settings under a name of their own, declared where they are used; one level deep. */
    private static final Pattern GROUP = Pattern.compile("interface (\\w+) \\{([^{}]*)}");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile("([\\w.]+(?:<.*>)?)\\s+(\\w+)\\(\\)\\s*$");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.-]+)}");
    private static final Pattern PICOCLI = Pattern.compile("\\$\\{env:(\\w+)}");

    /** Of a service: what stands in its module, and what it inherits from {@code platform}. */
    static ServiceSettings of(String service) {
        var settings = new ServiceSettings(new TreeSet<>(), new TreeSet<>());
        var given = properties(service);
        for (var module : Set.of(service, "platform")) {
            Repository.files(Repository.path(module + "/src/main/java"), ".java")
                    .forEach(source -> settings.readMappings(source, given));
        }
        given.stringPropertyNames().stream()
                .map(given::getProperty)
                .flatMap(value -> REFERENCE.matcher(value).results())
                .map(reference -> reference.group(1))
                .filter(property -> !given.containsKey(property))
                .map(ServiceSettings::variable)
                .forEach(settings::require);
        settings.addExtensions(service);
        return settings;
    }

    /** Of hallctl's {@code prepare}, whose options take their defaults from the environment. */
    static ServiceSettings ofPrepare() {
        var variables = new TreeSet<String>();
        for (var options : Set.of("PrepareCommand", "ServersOption")) {
            var source = Repository.path("hallctl/src/main/java/io/gamehall/hallctl/command/" + options + ".java");
            PICOCLI.matcher(Repository.read(source))
                    .results()
                    .map(it -> it.group(1))
                    .forEach(variables::add);
        }
        return new ServiceSettings(variables, variables);
    }

    private void readMappings(Path source, Properties given) {
        var text = Repository.read(source);
        var mappings = MAPPING.matcher(text).results().toList();
        if (mappings.size() != text.split("@ConfigMapping\\(", -1).length - 1) {
            throw new IllegalStateException(source + " writes its @ConfigMapping in a way that this class cannot read");
        }
        mappings.forEach(mapping -> readMapping(mapping, source, given));
    }

    private void readMapping(MatchResult mapping, Path source, Properties given) {
        var body = COMMENT.matcher(mapping.group(2)).replaceAll("");
        var groups = new HashMap<String, String>();
        GROUP.matcher(body).results().forEach(group -> groups.put(group.group(1), group.group(2)));
        var rest = GROUP.matcher(body).replaceAll("");
        if (rest.contains("interface ") || body.contains("@WithName") || body.contains("@WithParentName")) {
            throw new IllegalStateException(source + " nests or renames settings: teach this class to read it");
        }
        readKeys(mapping.group(1), rest, groups, given);
    }

    private void readKeys(String prefix, String body, Map<String, String> groups, Properties given) {
        for (var declaration : body.split(";")) {
            KEY.matcher(declaration).results().forEach(key -> {
                var property = prefix + "." + kebab(key.group(2));
                if (groups.containsKey(key.group(1))) {
                    readKeys(property, groups.get(key.group(1)), Map.of(), given);
                    return;
                }
                boolean optional = declaration.contains("@WithDefault")
                        || key.group(1).startsWith("Optional")
                        || key.group(1).startsWith("Map<")
                        || given.containsKey(property);
                known.add(variable(property));
                if (!optional) {
                    required.add(variable(property));
                }
            });
        }
    }

    /** What Quarkus and its extensions want to be told, as far as we leave it to the environment. */
    private void addExtensions(String service) {
        require("QUARKUS_HTTP_PORT");
        require("MP_JWT_VERIFY_PUBLICKEY_LOCATION");
        if (Repository.ships(service, "quarkus-kafka-client") || Repository.ships(service, "quarkus-messaging-kafka")) {
            require("KAFKA_BOOTSTRAP_SERVERS");
        }
        if (Repository.ships(service, "quarkus-redis-client")) {
            require("QUARKUS_REDIS_HOSTS");
        }
        if (Repository.ships(service, "quarkus-reactive-mysql-client")) {
            require("QUARKUS_DATASOURCE_REACTIVE_URL");
            require("QUARKUS_DATASOURCE_USERNAME");
            require("QUARKUS_DATASOURCE_PASSWORD");
        }
        if (properties(service).containsKey("quarkus.http.cors.enabled")) {
            known.add("QUARKUS_HTTP_CORS_ORIGINS");
        }
        if (Repository.ships(service, "quarkus-smallrye-jwt-build")) {
            require("SMALLRYE_JWT_SIGN_KEY_LOCATION");
        }
    }

    private void require(String variable) {
        known.add(variable);
        required.add(variable);
    }

    /** The properties that a service brings along for every profile, its own before the platform's. */
    static Properties properties(String service) {
        var properties = new Properties();
        try {
            for (var file : new String[] {
                "platform/src/main/resources/META-INF/microprofile-config.properties",
                service + "/src/main/resources/application.properties"
            }) {
                properties.load(new StringReader(Repository.read(Repository.path(file))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("%"))
                .forEach(properties::remove);
        return properties;
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
