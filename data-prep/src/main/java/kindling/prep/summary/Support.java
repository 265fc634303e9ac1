package kindling.prep.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kindling.prep.sentence.Sentences;
import kindling.prep.sentence.Span;
import kindling.prep.sentence.Words;
import kindling.prep.summary.Source.Fragment;

/**
 * How much of a summary its source says too. For a sentence that is
 *
 * <pre>
 * (p2 + p3 + s2) / 3 · (1 + facts) / 2
 * </pre>
 *
 * where p2 and p3 are the shares of its runs of two and three words that the source has, s2 is the share of its pairs that one single
 * sentence of the source has, so that what was pieced together of two sentences counts for less, and facts is the share of its numbers
 * and names that the source has, 0 where it denies what the source does not or the other way round ({@link Facts}). For a summary it
 * is the mean over its sentences: 1 for one copied from the source, 0 for one that shares no two words with it.
 *
 * <p>{@code Support.of("The cat sat on the mat.", "The cat sat down.")} is (2/3 + 1/2 + 2/3) / 3.
 *
 * <p>A novel pair is no proof of a wrong statement and a known one none of a right one. Against three human votes a sentence (A. Wang
 * et al., "Asking and answering questions to evaluate the factual consistency of summaries", ACL 2020, CNN/DM part) the mean correlates
 * with the share of faithful sentences by about 0.71 (Pearson), pairs alone by 0.68; nothing in it was fitted to them but the choice of
 * its parts.
 */
public final class Support {
    private static final int GAP = 3; // words of the source that a sentence may leave out and still be read beside it
    private static final int AROUND = 10; // words before and after the longest run that belong to what it says

    private final Source source;
    private final List<Span> places; // of the words, in code points of the summary
    private final List<String> words;
    private final List<Fragment> fragments;

    private Support(Source source, String sentence, int offset) {
        this.source = source;
        List<Span> spans = Words.spans(sentence);
        this.words = spans.stream().map(span -> Words.of(sentence, span)).toList();
        this.places = Span.inCodePoints(sentence, spans).stream()
                .map(span -> new Span(offset + span.start(), offset + span.end()))
                .toList();
        this.fragments = source.fragments(words);
    }

    /** The mean over the sentences of the summary, 0 to 1; 0 for a summary without a word. */
    public static double of(String source, String summary) {
        return mean(claims(source, summary));
    }

    /** The mean support of claims; 0 for none. */
    public static double mean(List<Claim> claims) {
        return claims.stream().mapToDouble(Claim::support).average().orElse(0);
    }

    /** One for each sentence of the summary, as {@link Sentences#spans} finds them. */
    public static List<Claim> claims(String source, String summary) {
        Source read = new Source(source);
        List<Span> sentences = Sentences.spans(summary);
        List<Span> places = Span.inCodePoints(summary, sentences);
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> claim(read, sentences.get(i).of(summary), places.get(i)))
                .toList();
    }

    private static Claim claim(Source source, String sentence, Span place) {
        Support support = new Support(source, sentence, place.start());
        Facts stated = new Facts(sentence, Words.spans(sentence));
        List<Span> numbers = stated.numbers();
        List<Span> names = stated.names();
        List<Span> missingNumbers = numbers.stream()
                .filter(number -> !support.isRun(number) && !source.hasNumber(stated.number(number)))
                .toList();
        List<Span> missingNames =
                names.stream().filter(name -> !support.isRun(name)).toList();
        boolean contradicted = support.isContradicted();
        double facts =
                contradicted ? 0 : found(numbers.size() + names.size(), missingNumbers.size() + missingNames.size());
        return new Claim(
                place,
                support.share() * (1 + facts) / 2,
                found(numbers.size(), missingNumbers.size()),
                found(names.size(), missingNames.size()),
                contradicted,
                support.matches(),
                support.places(missingNumbers, missingNames));
    }

    private static double found(int all, int missing) {
        return all == 0 ? 1 : (double) (all - missing) / all;
    }

    private double share() {
        return (source.share(words, 2) + source.share(words, 3) + source.shareOfBestSentence(words)) / 3;
    }

    /** Whether the source has these words next to each other. */
    private boolean isRun(Span range) {
        return source.hasRun(words.subList(range.start(), range.end()));
    }

    private boolean isContradicted() {
        boolean denies = words.stream().anyMatch(Facts::isNegator);
        return denies ? deniesAlone() : leavesADenialOut();
    }

    /** Whether it has a negator of its own, and the source none near what the sentence is about. */
    private boolean deniesAlone() {
        Fragment longest = new Fragment(0, 0, 0);
        for (Fragment fragment : fragments) {
            longest = fragment.length() > longest.length() ? fragment : longest;
        }
        return !source.denies(longest.at() - AROUND, longest.at() + longest.length() + AROUND);
    }

    /** Whether the source has a negator between two runs that the sentence puts side by side. */
    private boolean leavesADenialOut() {
        for (int i = 1; i < fragments.size(); i++) {
            int end = fragments.get(i - 1).at() + fragments.get(i - 1).length();
            int next = fragments.get(i).at();
            if (next - end <= GAP && source.denies(end, next)) {
                return true;
            }
        }
        return false;
    }

    private List<Claim.Match> matches() {
        return fragments.stream()
                .map(run -> new Claim.Match(
                        place(new Span(run.in(), run.in() + run.length())),
                        source.place(run.at(), run.at() + run.length())))
                .toList();
    }

    private List<Span> places(List<Span> some, List<Span> others) {
        List<Span> places = new ArrayList<>();
        some.forEach(span -> places.add(place(span)));
        others.forEach(span -> places.add(place(span)));
        return places;
    }

    private Span place(Span range) {
        return new Span(
                places.get(range.start()).start(), places.get(range.end() - 1).end());
    }
}
