package kindling.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A list of jobs with the options that their command lines have:
 *
 * <pre>{@code
 * values: {work: out/quickstart, input: ${work}/raw}   # --set input=MY_FOLDER changes one
 * steps:
 *   - fetch: {pom: corpus.pom.xml, output: ${work}/raw, unless-set: input}
 *   - ingest: {input: ${input}, output: ${work}/documents}
 *   - filter: {as: strict, input: ${work}/documents, output: ${work}/filtered, rules: [gopher, c4]}
 * }</pre>
 *
 * {@code as} names a step (default: the job's name), so that {@code --set strict.rules=c4} changes one of its options;
 * {@code unless-set} leaves a step out when the user set that value.
 *
 * @param mistakes everything that is wrong with the recipe's own form; a recipe with mistakes is not run
 */
record Recipe(List<Step> steps, List<String> mistakes) {
    /** One job of the list. {@code arguments} are what its command line would be. */
    record Step(String name, String job, List<String> arguments) {}

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");
    private static final List<String> KEYS = List.of("values", "steps");

    /**
     * @param set what the user sets: names of values, or {@code step.option}
     * @param given values known beforehand, such as {@code recipe.dir}
     */
    static Recipe parse(String yaml, Map<String, String> given, Map<String, String> set) {
        List<String> mistakes = new ArrayList<>();
        JsonNode tree = tree(yaml, mistakes);
        tree.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                mistakes.add("recipe: %s is unknown%s".formatted(key, Nearest.hint(key, KEYS)));
            }
        });
        Map<String, String> values = new LinkedHashMap<>(given);
        tree.path("values")
                .properties()
                .forEach(e -> values.put(e.getKey(), e.getValue().asText()));
        List<Step> steps = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (JsonNode step : tree.path("steps")) {
            if (!step.isObject() || step.size() != 1 || !step.elements().next().isObject()) {
                mistakes.add(
                        "recipe: a step is one job with its options, as in \"- ingest: {input: …, output: …}\", got "
                                + step);
                continue;
            }
            String job = step.fieldNames().next();
            JsonNode options = step.elements().next();
            String name = options.path("as").asText(job);
            names.add(name);
            if (!set.containsKey(options.path("unless-set").asText())) {
                steps.add(new Step(name, job, arguments(options, overrides(set, name))));
            }
        }
        set.forEach((key, value) -> {
            if (values.containsKey(key)) {
                values.put(key, value);
            } else if (names.stream().noneMatch(name -> key.startsWith(name + "."))) {
                List<String> known = new ArrayList<>(values.keySet());
                names.forEach(name -> known.add(name + ".OPTION"));
                mistakes.add("--set %s: the recipe has no such value or step%s; it has %s"
                        .formatted(key, Nearest.hint(key, values.keySet()), String.join(", ", known)));
            }
        });
        if (steps.isEmpty() && mistakes.isEmpty()) {
            mistakes.add("recipe: it has no steps");
        }
        List<Step> filled = steps.stream()
                .map(step -> new Step(step.name, step.job, filled(step.arguments, values, mistakes)))
                .toList();
        return new Recipe(filled, List.copyOf(mistakes));
    }

    private static JsonNode tree(String yaml, List<String> mistakes) {
        try {
            JsonNode tree = new YAMLMapper().readTree(yaml);
            if (!tree.isObject()) {
                mistakes.add("recipe: not a map with values and steps");
            }
            return tree;
        } catch (JsonProcessingException e) {
            mistakes.add("recipe: no valid YAML at line %d, column %d: %s"
                    .formatted(
                            e.getLocation().getLineNr(),
                            e.getLocation().getColumnNr(),
                            e.getOriginalMessage().lines().findFirst().orElse("")));
            return MissingNode.getInstance();
        }
    }

    private static Map<String, String> overrides(Map<String, String> set, String step) {
        Map<String, String> found = new LinkedHashMap<>();
        set.forEach((key, value) -> {
            if (key.startsWith(step + ".")) {
                found.put(key.substring(step.length() + 1), value);
            }
        });
        return found;
    }

    private static List<String> arguments(JsonNode options, Map<String, String> overrides) {
        Map<String, String> all = new LinkedHashMap<>();
        options.properties().forEach(e -> {
            if (!e.getKey().equals("as") && !e.getKey().equals("unless-set")) {
                all.put(e.getKey(), text(e.getValue()));
            }
        });
        all.putAll(overrides);
        List<String> arguments = new ArrayList<>();
        all.forEach((name, value) -> {
            if (value.equals("true")) {
                arguments.add("--" + name);
            } else if (!value.equals("false")) {
                arguments.add("--" + name + "=" + value);
            }
        });
        return arguments;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.asText();
    }

    private static List<String> filled(List<String> arguments, Map<String, String> values, List<String> mistakes) {
        return arguments.stream()
                .map(argument -> fill(argument, values, mistakes, 0))
                .toList();
    }

    private static String fill(String text, Map<String, String> values, List<String> mistakes, int depth) {
        if (depth > 8) { // values that name each other
            mistakes.add("recipe: values refer to each other in a circle near " + text);
            return text;
        }
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        boolean any = false;
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                mistakes.add("recipe: ${%s} is not among its values%s"
                        .formatted(matcher.group(1), Nearest.hint(matcher.group(1), values.keySet())));
                value = "";
            }
            any = true;
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(filled);
        return any ? fill(filled.toString(), values, mistakes, depth + 1) : text;
    }
}
