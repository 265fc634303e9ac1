package kindling.jobs.prompt;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keywords of each document, separated by commas; in the order in which the model writes them, as a list of any form, none twice.
 *
 * @param most keywords of a document
 */
public record Keywords(int most) implements Instruction {
    private static final Pattern BETWEEN = Pattern.compile("[,;\\n]+");
    private static final Pattern AROUND = Pattern.compile("^(?:(?:[-*•]|\\d{1,3}[.)])(?:\\s+|$))?[\"'`]*|[\"'`.]+$");

    public Keywords {
        if (most < 1) {
            throw new IllegalArgumentException("--max-keywords must be >= 1, got " + most);
        }
    }

    @Override
    public String name() {
        return "keywords";
    }

    @Override
    public String prompt(String document) {
        return "List at most %d keywords of the text between the fences, separated by commas.\n\n%s\n\nKeywords:"
                .formatted(most, Fence.around(document));
    }

    @Override
    public Optional<String> output(String written) {
        List<String> words = BETWEEN.splitAsStream(written)
                .map(word -> AROUND.matcher(word.strip()).replaceAll("").strip())
                .filter(word -> !word.isEmpty())
                .toList();
        Map<String, String> seen = new TreeMap<>();
        String distinct = words.stream()
                .filter(word -> seen.putIfAbsent(word.toLowerCase(Locale.ROOT), word) == null)
                .limit(most)
                .collect(Collectors.joining(", "));
        return Optional.of(distinct).filter(text -> !text.isEmpty());
    }

    @Override
    public String expected() {
        return "keywords";
    }
}
