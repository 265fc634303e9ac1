package kindling.prep.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import kindling.prep.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the published sets equals its obvious twin on random texts, whatever text the filter has judged before. */
class ObviousTest {
    private static final int TEXTS = 40; // a seed
    private static final List<String> PIECES = List.of(
            "a",
            "a",
            "the",
            "of",
            "of",
            "Be",
            "tea",
            "tea.",
            "#x",
            "...",
            "… ",
            "é",
            "e\u0301",
            "😀",
            "don't",
            "3.14,",
            "•",
            "- ",
            "水",
            "\"",
            "a b c d e f",
            "the same few words again and again and again they come");
    private static final List<String> SPACES =
            List.of(" ", " ", " ", " ", "\n", "\n", "\n\n", "\n\n\n", "\r\n", "\t", "\u3000");

    static IntStream seeds() {
        return IntStream.range(0, 25);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(120);
        int vocabulary = 1 + random.nextInt(PIECES.size());
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(vocabulary))).append(SPACES.get(random.nextInt(SPACES.size())));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void countsAsItsObviousTwin(int seed) {
        Random random = new Random(seed);
        List<RuleSet> sets = List.of("gopher", "gopher_datatrove", "gopher_dolma", "fineweb").stream()
                .flatMap(name -> RuleSet.named(name, UserLists.NONE).stream())
                .toList();
        Text reused = new Text();
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            Map<String, Double> expected = expected(text);
            reused.read(Document.of("1", text, "a.txt"));
            for (RuleSet set : sets) {
                for (Rule rule : set.rules()) {
                    if (expected.containsKey(rule.reason())) {
                        assertThat(rule.measure().applyAsDouble(reused))
                                .as("%s of %s", rule.reason(), text)
                                .isCloseTo(expected.get(rule.reason()), within(1e-12));
                    }
                }
            }
        }
    }

    private static Map<String, Double> expected(String text) {
        Map<String, Double> all = new HashMap<>();
        gopher(text, all);
        datatrove(text, all);
        dolma(text, all);
        fineweb(text, all);
        return all;
    }

    private static void gopher(String text, Map<String, Double> all) {
        List<String> words = Obvious.words(text);
        double letters = Math.max(1, Obvious.characters(words));
        double characters = Math.max(1, Obvious.characters(text));
        all.put("gopher_too_few_words", (double) words.size());
        all.put(
                "gopher_bullet_lines",
                Obvious.share(Obvious.lines(text), line -> "•‣▪●-*".indexOf(line.charAt(0)) >= 0));
        all.put(
                "gopher_ellipsis_lines",
                Obvious.share(Obvious.lines(text), line -> line.endsWith("...") || line.endsWith("…")));
        put(all, "gopher", "line", Obvious.lines(text), Obvious.duplicates(Obvious.lines(text)), characters);
        put(
                all,
                "gopher",
                "paragraph",
                Obvious.paragraphs(text),
                Obvious.duplicates(Obvious.paragraphs(text)),
                characters);
        for (int n = 2; n <= 10; n++) {
            all.put("gopher_top_" + n + "_gram", Obvious.topCoverage(words, n) / letters);
            all.put("gopher_duplicate_" + n + "_grams", Obvious.laterCoverage(words, n) / letters);
        }
        if (!words.isEmpty()) {
            all.put("gopher_mean_word_length", letters / words.size());
            all.put(
                    "gopher_alphabetic_words",
                    Obvious.share(words, word -> word.codePoints().anyMatch(Character::isLetter)));
        }
    }

    private static void datatrove(String text, Map<String, Double> all) {
        List<String> tokens = Obvious.tokens(text);
        List<String> words = tokens.stream()
                .filter(token -> !Pattern.matches("[^\\p{L}\\p{Nd}\\p{M}\\x{10000}-\\x{10FFFF}]+", token))
                .toList();
        double characters = Math.max(1, Obvious.characters(text));
        List<String> lines = Arrays.asList(text.split("\n+", -1));
        List<String> paragraphs = Arrays.asList(text.strip().split("\n{2,}", -1));
        all.put("gopher_datatrove_too_few_words", (double) words.size());
        put(all, "gopher_datatrove", "line", lines, Obvious.duplicates(lines), characters);
        put(all, "gopher_datatrove", "paragraph", paragraphs, Obvious.duplicates(paragraphs), characters);
        for (int n = 2; n <= 10; n++) {
            all.put("gopher_datatrove_top_" + n + "_gram", Obvious.topProduct(tokens, n, 1) / characters);
            all.put("gopher_datatrove_duplicate_" + n + "_grams", Obvious.skippingCoverage(tokens, n) / characters);
        }
        all.put(
                "gopher_datatrove_ellipsis_lines",
                Obvious.share(
                        text.lines().toList(),
                        line -> line.stripTrailing().endsWith("...")
                                || line.stripTrailing().endsWith("…")));
    }

    private static void dolma(String text, Map<String, Double> all) {
        List<String> words = Obvious.words(text);
        double letters = Math.max(1, Obvious.characters(words));
        List<String> lines = Arrays.asList(text.split("\n", -1));
        put(all, "gopher_dolma", "line", lines, Obvious.copies(lines), letters);
        for (int n = 2; n <= 10; n++) {
            all.put("gopher_dolma_top_" + n + "_gram", Obvious.topProduct(words, n, 0) / letters);
            all.put("gopher_dolma_duplicate_" + n + "_grams", Obvious.repeatedShare(words, n));
        }
    }

    private static void fineweb(String text, Map<String, Double> all) {
        List<String> lines = Obvious.filledLines(text);
        double feeds = text.chars().filter(c -> c == '\n').count();
        all.put("fineweb_short_line_ratio", Obvious.share(lines, line -> Obvious.characters(line) <= 30));
        all.put(
                "fineweb_char_dup_ratio",
                Obvious.characters(Obvious.duplicates(lines)) / Math.max(1, Obvious.characters(text) - feeds));
        all.put(
                "fineweb_new_line_ratio",
                feeds / Math.max(1, Obvious.tokens(text).size()));
    }

    private static void put(
            Map<String, Double> all, String set, String part, List<String> parts, List<String> repeated, double whole) {
        all.put(set + "_duplicate_" + part + "s", repeated.size() / (double) Math.max(1, parts.size()));
        all.put(set + "_duplicate_" + part + "_characters", Obvious.characters(repeated) / whole);
    }
}
