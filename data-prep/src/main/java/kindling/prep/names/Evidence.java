package kindling.prep.names;

import static kindling.prep.names.NameType.LOCATION;
import static kindling.prep.names.NameType.ORG;
import static kindling.prep.names.NameType.PERSON;

import java.util.List;
import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/** What the words of a name, the words around it and its line say of its kind, as sums of small whole numbers. */
final class Evidence {
    private static final Set<String> BE = Set.of("is", "was");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the");
    private static final Set<String> AND = Set.of("and", "und", "et", "or", "y");

    private final Cues cues;
    private final Vocabulary vocabulary;
    private final Set<String> legalForms;
    private final Set<String> successors;
    private final Set<String> directions;
    private final Set<String> speech;
    private final Set<String> prefixes;

    Evidence(Cues cues, Vocabulary vocabulary) {
        this.cues = cues;
        this.vocabulary = vocabulary;
        legalForms = cues.list("org-end");
        successors = cues.list("org-successor");
        directions = cues.list("direction");
        speech = cues.list("speech");
        prefixes = cues.list("camel-prefix");
    }

    /** The evidence for a chunk; those before it in the text have theirs already. */
    Scores of(Tokens tokens, Chunk chunk, List<Chunk> chunks, List<Scores> before) {
        Scores scores = new Scores();
        if (chunk.partners()) {
            scores.add(ORG, isAlone(tokens, chunk.start(), chunk.end()) ? 9 : 2);
            around(tokens, chunk.start(), chunk.end(), scores);
            return scores;
        }
        boolean direction = directions.contains(tokens.lower(chunk.start())) && chunk.end() - chunk.start() > 1;
        int start = direction ? chunk.start() + 1 : chunk.start();
        scores.add(LOCATION, direction ? 4 : 0);
        scores.add(PERSON, chunk.hasTitle() ? 8 : 0);
        known(tokens, start, chunk.end(), scores);
        words(tokens, start, chunk.end(), scores);
        around(tokens, chunk.from(), chunk.end(), scores);
        lines(tokens, start, chunk.end(), scores);
        if (!before.isEmpty()) {
            Chunk neighbour = chunks.get(before.size() - 1);
            Scores its = before.get(before.size() - 1);
            secondLine(tokens, chunk, neighbour, its, scores);
            inList(tokens, chunk, neighbour, its, scores);
        }
        return scores;
    }

    /** What the lexicon knows. */
    private void known(Tokens tokens, int start, int end, Scores scores) {
        boolean single = end - start == 1;
        boolean given = tokens.has(start, Lexicon.GIVEN);
        boolean family = tokens.has(start, Lexicon.FAMILY);
        boolean common = tokens.has(start, Lexicon.COMMON);
        int flags = vocabulary.flags(tokens.phrase(start, end));
        boolean place = (flags & Lexicon.PLACE) != 0;
        boolean country = (flags & Lexicon.COUNTRY) != 0;
        if (place) {
            scores.add(LOCATION, single ? (given ? 3 : family ? 4 : 6) : 7);
            scores.add(LOCATION, country ? 3 : 0);
        }
        scores.add(ORG, (flags & Lexicon.ORGANISATION) != 0 ? 3 : 0);
        scores.add(PERSON, given ? (common ? 2 : 4) : family ? (common ? 1 : 2) : 0);
        if (!single && tokens.has(lastWord(tokens, end), Lexicon.FAMILY)) {
            scores.add(PERSON, 2);
        }
        if (single && tokens.has(start, Lexicon.OTHER)) {
            scores.add(PERSON, tokens.has(start, Lexicon.STRICT) ? -6 : -3);
            scores.add(LOCATION, country ? 0 : -6);
            scores.add(ORG, tokens.has(start, Lexicon.STRICT) ? -4 : 0);
        }
        if (single && tokens.isOrdinary(start)) {
            scores.add(PERSON, given ? -1 : -3);
            scores.add(LOCATION, country ? 0 : place ? -6 : -4);
            scores.add(ORG, -2);
        }
        if (single && tokens.length(start) < 5 && tokens.isUpper(start) && flags == 0) { // an abbreviation
            scores.add(PERSON, -2);
            scores.add(LOCATION, -1);
            scores.add(ORG, -1);
        }
    }

    /** How the name is made. */
    private void words(Tokens tokens, int start, int end, Scores scores) {
        int words = 0;
        int given = 0;
        int ordinary = 0;
        for (int i = start; i < end; i++) {
            if (tokens.isWord(i)) {
                boolean name = tokens.has(i, Lexicon.GIVEN | Lexicon.FAMILY | Lexicon.PLACE);
                words++;
                given += tokens.has(i, Lexicon.GIVEN) ? 1 : 0;
                ordinary += !name && tokens.isOrdinary(i) ? 1 : 0;
                scores.add(PERSON, i > start && i < end - 1 && tokens.isInitial(i) ? 4 : 0);
                scores.add(ORG, isCamel(tokens, i) ? 4 : 0);
                scores.add(ORG, i > start && tokens.lower(i).equals("of") ? 6 : 0); // "Bank of …"
                scores.add(ORG, i < end - 1 && tokens.isMark(i + 1, '&') && name ? 4 : 0);
                scores.add(
                        ORG,
                        i > start
                                        && successors.contains(tokens.lower(i))
                                        && tokens.lower(i - 1).equals("and")
                                ? 8
                                : 0);
            }
        }
        boolean place = (vocabulary.flags(tokens.phrase(start, end)) & Lexicon.PLACE) != 0;
        if (ordinary == 0) {
            scores.add(PERSON, words < 4 && !place ? 2 : 0);
            scores.add(PERSON, words > 1 && given > 0 ? 1 : 0);
            scores.add(LOCATION, 1);
            scores.add(ORG, 1);
        } else if (ordinary == words) {
            scores.add(PERSON, -6);
            scores.add(LOCATION, -2);
            scores.add(ORG, words > 1 ? -1 : -3);
        } else {
            scores.add(ORG, 1);
        }
        ends(tokens, start, end, words, scores);
    }

    /** The first and the last word. */
    private void ends(Tokens tokens, int start, int end, int words, Scores scores) {
        int last = lastWord(tokens, end);
        if (words > 1 || !tokens.isOrdinary(last)) {
            cues.weigh("last", tokens.lower(last), scores);
        }
        if (words > 1) {
            scores.add(ORG, legalForms.contains(tokens.lower(last)) && !tokens.has(last, Lexicon.GIVEN) ? 8 : 0);
            cues.weigh("first", tokens.lower(start), scores);
        }
        boolean pair = words == 1 && tokens.lower(start).indexOf('-') > 0 && tokens.has(start, Lexicon.FAMILY);
        scores.add(ORG, pair && !tokens.has(start, Lexicon.GIVEN) ? 2 : 0); // two partners: "Mayo-Walters"
    }

    private static int lastWord(Tokens tokens, int end) {
        return tokens.isMark(end - 1, '.') ? end - 2 : end - 1;
    }

    /** {@code WeChat}, but not {@code McKinsey} or {@code DeShawn}. */
    private boolean isCamel(Tokens tokens, int token) {
        String text = tokens.text();
        for (int i = tokens.start(token) + 2; i < tokens.end(token); i++) {
            if (Character.isUpperCase(text.charAt(i)) && Character.isLowerCase(text.charAt(i - 1))) {
                return !prefixes.contains(tokens.lower(token).substring(0, i - tokens.start(token)));
            }
        }
        return false;
    }

    /** Up to three words in front and behind, the longest phrase that is known; a colon or a question mark may stand between. */
    private void around(Tokens tokens, int start, int end, Scores scores) {
        boolean sameLine = tokens.breaksBefore(start) == 0;
        if (sameLine
                && !before(tokens, start, scores)
                && (tokens.isMark(start - 1, ':') || tokens.isMark(start - 1, '?'))) {
            before(tokens, start - 1, scores);
        }
        boolean after = false;
        for (int length = 3; length > 0 && !after && tokens.breaksBefore(end) == 0; length--) {
            after = end + length <= tokens.count() && cues.weigh("after", tokens.phrase(end, end + length), scores);
        }
        definition(tokens, end, scores);
        speech(tokens, start, end, scores);
    }

    private boolean before(Tokens tokens, int start, Scores scores) {
        for (int length = Math.min(3, start); length > 0; length--) {
            if (cues.weigh("before", tokens.phrase(start - length, start), scores)) {
                return true;
            }
        }
        return false;
    }

    /** Calls by name, and who says what. */
    private void speech(Tokens tokens, int start, int end, Scores scores) {
        boolean quote = tokens.isMark(end, '"') || tokens.isMark(end, '\u201d');
        if (tokens.isMark(end, ',') || quote) {
            int next = tokens.isMark(end + 1, '"') ? end + 2 : end + 1;
            scores.add(PERSON, speech.contains(tokens.lower(next)) ? 4 : 0);
        }
        if (tokens.isMark(start - 1, ',')) {
            scores.add(PERSON, tokens.isMark(end, '?') || tokens.isMark(end, '!') ? 4 : 0);
            scores.add(PERSON, speech.contains(tokens.lower(start - 2)) ? 2 : 0);
        }
    }

    /** The noun of "is a multinational bank" or "was an Italian painter". */
    private void definition(Tokens tokens, int end, Scores scores) {
        if (!BE.contains(tokens.lower(end)) || !ARTICLES.contains(tokens.lower(end + 1))) {
            return;
        }
        for (int i = end + 2; i < end + 8 && (tokens.isWord(i) || tokens.isNumber(i)); i++) {
            if (cues.weigh("definition", tokens.lower(i), scores)) {
                return;
            }
        }
    }

    /** A speaker before a colon, a name on a line of its own, a country on the next. */
    private void lines(Tokens tokens, int start, int end, Scores scores) {
        if (tokens.isMark(end, ':') && tokens.breaksBefore(start) > 0 && scores.of(PERSON) > -3) {
            scores.add(PERSON, 3);
        }
        if (isAlone(tokens, start, end)) {
            scores.add(PERSON, 2);
            scores.add(LOCATION, isCountryLine(tokens, end) ? 8 : 0);
        }
    }

    /** The company stands on the line below the person. */
    private static void secondLine(Tokens tokens, Chunk chunk, Chunk above, Scores its, Scores scores) {
        boolean second = its.of(PERSON) > 3
                && isAlone(tokens, above.start(), above.end())
                && isAlone(tokens, chunk.start(), chunk.end())
                && chunk.start() - above.end() < 2
                && tokens.breaksBefore(above.end()) == 1;
        boolean same =
                second && tokens.phrase(above.start(), above.end()).equals(tokens.phrase(chunk.start(), chunk.end()));
        if (second && !same) {
            scores.add(ORG, 4);
            scores.add(PERSON, -2);
        }
    }

    /** What stands beside a name in a list is of its kind. */
    private static void inList(Tokens tokens, Chunk chunk, Chunk before, Scores its, Scores scores) {
        int gap = chunk.from() - before.end();
        boolean comma = tokens.isMark(before.end(), ',');
        boolean listed = (gap == 1 && (comma || AND.contains(tokens.lower(before.end()))))
                || (gap == 2 && comma && AND.contains(tokens.lower(chunk.from() - 1)));
        if (listed && its.of(its.best()) >= 2) {
            scores.add(its.best(), 3);
        }
    }

    /** Whether nothing else stands on the name's lines but marks in front. */
    private static boolean isAlone(Tokens tokens, int start, int end) {
        int first = start;
        while (first > 0
                && start - first < 5
                && tokens.breaksBefore(first) == 0
                && !tokens.isWord(first - 1)
                && !tokens.isNumber(first - 1)) {
            first--;
        }
        return tokens.breaksBefore(first) > 0 && tokens.breaksBefore(end) > 0;
    }

    private boolean isCountryLine(Tokens tokens, int start) {
        int end = start + 1;
        while (end < tokens.count() && end - start < 5 && tokens.breaksBefore(end) == 0) {
            end++;
        }
        return start < tokens.count() && (vocabulary.flags(tokens.phrase(start, end)) & Lexicon.COUNTRY) != 0;
    }
}
