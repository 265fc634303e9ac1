package kindling.jobs;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of Spark settings in {@code cluster-config}.
 *
 * @param settings what it sets
 * @param offered what it has in comments, for users who want it
 */
public record ClusterProfile(Map<String, String> settings, Map<String, String> offered) {
    static final Path FOLDER = Path.of("../cluster-config");
    private static final Pattern IN_COMMENT = Pattern.compile("# (spark\\.\\S+ +\\S+)");

    public static ClusterProfile read(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name + ".conf"));
        String comments = text.lines()
                .map(IN_COMMENT::matcher)
                .filter(line -> line.matches())
                .map(line -> line.group(1))
                .collect(Collectors.joining("\n"));
        return new ClusterProfile(properties(text), properties(comments));
    }

    /** As spark-submit reads them. */
    private static Map<String, String> properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> settings = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> settings.put(name, properties.getProperty(name).strip()));
        return settings;
    }
}
