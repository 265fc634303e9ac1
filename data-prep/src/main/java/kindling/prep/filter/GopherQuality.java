package kindling.prep.filter;

import java.util.List;
import kindling.prep.Document;
import kindling.prep.Verdict;

/**
 * Gopher's quality rules: a text in sentences, of a usual length, with usual words.
 *
 * <p>Words are parted by white space. {@code #} and ellipses ({@code ...} and U+2026) are the symbols. Source: J. Rae
 * et al., "Scaling Language Models: Methods, Analysis &amp; Insights from Training Gopher" (2021), appendix A1.1.
 */
final class GopherQuality implements Filter {
    private static final int MIN_WORDS = 50;
    private static final int MAX_WORDS = 100_000;
    private static final double MIN_MEAN_WORD_LENGTH = 3; // characters
    private static final double MAX_MEAN_WORD_LENGTH = 10; // characters
    private static final double MAX_SYMBOLS_PER_WORD = 0.1;
    private static final double MAX_BULLET_LINES = 0.9;
    private static final double MAX_ELLIPSIS_LINES = 0.3;
    private static final double MIN_WORDS_WITH_LETTER = 0.8;
    private static final int MIN_STOP_WORDS = 2;
    private static final List<String> STOP_WORDS = List.of("the", "be", "to", "of", "and", "that", "have", "with");
    private static final String BULLETS = "•‣▪●-*"; // the usual marks; hyphen and asterisk stand for them in plain text

    @Override
    public String name() {
        return "gopher_quality";
    }

    @Override
    public Verdict judge(Document document) {
        Words words = Words.of(document.text());
        Verdict enough = Limit.atLeast(MIN_WORDS, words.count(), "gopher_too_few_words");
        return enough instanceof Verdict.Drop ? enough : judge(words, Lines.of(document.text()), document.text());
    }

    private static Verdict judge(Words words, Lines lines, String text) {
        double count = words.count();
        double meanLength = words.characters() / count;
        return Limit.first(
                Limit.atMost(MAX_WORDS, count, "gopher_too_many_words"),
                Limit.atLeast(MIN_MEAN_WORD_LENGTH, meanLength, "gopher_mean_word_length"),
                Limit.atMost(MAX_MEAN_WORD_LENGTH, meanLength, "gopher_mean_word_length"),
                Limit.atMost(MAX_SYMBOLS_PER_WORD, symbols(text) / count, "gopher_symbol_ratio"),
                Limit.atMost(MAX_BULLET_LINES, lines.share(GopherQuality::startsWithBullet), "gopher_bullet_lines"),
                Limit.atMost(MAX_ELLIPSIS_LINES, lines.share(GopherQuality::endsWithEllipsis), "gopher_ellipsis_lines"),
                Limit.atLeast(MIN_WORDS_WITH_LETTER, withLetter(words) / count, "gopher_alphabetic_words"),
                Limit.atLeast(MIN_STOP_WORDS, stopWords(words), "gopher_stop_words"));
    }

    private static double symbols(String text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("...", i)) {
                count++;
                i += 2;
            } else {
                count += text.charAt(i) == '#' || text.charAt(i) == '…' ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean startsWithBullet(String line) {
        return BULLETS.indexOf(line.charAt(0)) >= 0;
    }

    private static boolean endsWithEllipsis(String line) {
        return line.endsWith("...") || line.endsWith("…");
    }

    private static double withLetter(Words words) {
        int count = 0;
        for (int word = 0; word < words.count(); word++) {
            count += words.hasLetter(word) ? 1 : 0;
        }
        return count;
    }

    /** How many different stop words there are. */
    private static int stopWords(Words words) {
        int count = 0;
        for (String stopWord : STOP_WORDS) {
            int word = 0;
            while (word < words.count() && !words.is(word, stopWord)) {
                word++;
            }
            count += word < words.count() ? 1 : 0;
        }
        return count;
    }
}
