package kindling.prep.names;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/** Proposes what may be a name: capitalised words that are no ordinary words, or that stand where ordinary words have no capital. */
final class Chunker {
    private static final int MAX_TOKENS = 8;
    private static final int NAMES = Lexicon.GIVEN | Lexicon.FAMILY | Lexicon.PLACE;

    private final Cues cues;
    private final Set<String> particles;
    private final Set<String> titles;
    private final Set<String> kin;
    private final Set<String> calendar;
    private final Set<String> legalForms;
    private final Set<String> dotted;
    private final Set<String> successors;
    private final Set<String> nameEnds;
    private final Set<String> heads;
    private final Set<String> callers;
    private final Set<String> functionAbroad = new HashSet<>();

    Chunker(Cues cues) {
        this.cues = cues;
        particles = cues.list("particle");
        titles = cues.list("title");
        kin = cues.list("kin");
        calendar = cues.list("calendar");
        legalForms = cues.list("org-end");
        dotted = cues.list("org-dotted");
        successors = cues.list("org-successor");
        nameEnds = cues.list("name-end");
        heads = cues.list("of-head");
        callers = cues.list("caller");
        functionAbroad.addAll(cues.list("function-de"));
        functionAbroad.addAll(cues.list("function-fr"));
    }

    /** Adds what starts at this token, and says where to go on. Names in small letters are looked for only where small words are known. */
    int next(Tokens tokens, int token, boolean[] taken, boolean english, List<Chunk> chunks) {
        int end = partnersEnd(tokens, token);
        if (end > token && !taken[end - 1]) {
            chunks.add(new Chunk(token, token, end, true));
            return end;
        }
        boolean foreign = !english && tokens.startsSentence(token) && functionAbroad.contains(tokens.lower(token));
        end = !foreign && startsName(tokens, token)
                ? end(tokens, token, taken)
                : english ? smallEnd(tokens, token) : token;
        int start = token;
        while (start < end && isTitle(tokens, start)) {
            start = tokens.isMark(start + 1, '.') ? start + 2 : start + 1;
        }
        if (start < end) {
            chunks.add(new Chunk(token, start, end, false));
        }
        return Math.max(end, token + 1);
    }

    private boolean isTitle(Tokens tokens, int token) {
        boolean letter = tokens.isInitial(token) && !tokens.isMark(token + 1, '.'); // "M" alone is no Monsieur
        return tokens.isCapital(token) && titles.contains(tokens.lower(token)) && !letter;
    }

    private boolean startsName(Tokens tokens, int i) {
        if (!tokens.isCapital(i) || isInsideCode(tokens, i) || isContraction(tokens, i)) {
            return false;
        }
        boolean next = tokens.isCapital(i + 1) && tokens.breaksBefore(i + 1) == 0;
        if (isTitle(tokens, i)) {
            return true;
        }
        if (tokens.isInitial(i) || tokens.isFunction(i) || (tokens.isUpper(i) && nameEnds.contains(tokens.lower(i)))) {
            return tokens.isInitial(i) && tokens.isMark(i + 1, '.') && tokens.isCapital(i + 2);
        }
        if (calendar.contains(tokens.lower(i))) {
            return next && tokens.has(i + 1, Lexicon.FAMILY) && !tokens.isOrdinary(i + 1);
        }
        if (isOther(tokens, i) && !kin.contains(tokens.lower(i))) {
            boolean name = tokens.isInitial(i + 1) || (!tokens.isOrdinary(i + 1) && !tokens.has(i + 1, Lexicon.OTHER));
            return next && (legalForms.contains(tokens.lower(i + 1)) || (name && !tokens.has(i, Lexicon.STRICT)));
        }
        return !tokens.startsSentence(i) || startsSentenceAsName(tokens, i, next);
    }

    /** At the start of a sentence every word has a capital: an ordinary one is a name where a name goes on, or where people say or do things. */
    private boolean startsSentenceAsName(Tokens tokens, int i, boolean next) {
        if (!tokens.isOrdinary(i)) {
            return true;
        }
        boolean initial = tokens.isInitial(i + 1) && tokens.isMark(i + 2, '.');
        if (next && !calendar.contains(tokens.lower(i + 1)) && (initial || !tokens.isFunction(i + 1))) {
            return true;
        }
        Scores after = new Scores();
        cues.weigh("after", tokens.lower(i + 1), after);
        boolean addressed = tokens.isMark(i + 1, ':') || tokens.isMark(i + 1, ',') || tokens.isClitic(i + 1);
        return (tokens.has(i, Lexicon.GIVEN | Lexicon.FAMILY) && after.of(NameType.PERSON) > 0)
                || (tokens.has(i, Lexicon.GIVEN) && addressed);
    }

    /** Capitalised by rule, as months and peoples are, and nothing that is a name besides. */
    private static boolean isOther(Tokens tokens, int i) {
        return tokens.has(i, Lexicon.OTHER) && !tokens.has(i, NAMES | Lexicon.PLACE_STARTS);
    }

    /** Part of a mail address, a path, a host name or a serial number. */
    private static boolean isInsideCode(Tokens tokens, int i) {
        boolean path = tokens.isMark(i - 1, '/') && !tokens.isCapital(i - 2);
        boolean before = tokens.isMark(i - 1, '@')
                || tokens.isMark(i - 1, '.')
                || tokens.isMark(i - 1, '_')
                || tokens.isNumber(i - 1);
        boolean after = tokens.isMark(i + 1, '@') || tokens.isMark(i + 1, '_') || tokens.isNumber(i + 1);
        boolean host =
                tokens.isMark(i + 1, '.') && tokens.touches(i + 2) && tokens.isWord(i + 2) && !tokens.isInitial(i);
        return (tokens.touches(i) && (before || path)) || (tokens.touches(i + 1) && (after || host));
    }

    /** "Don't", "I'll"; a possessive is none. */
    private static boolean isContraction(Tokens tokens, int i) {
        boolean possessive = tokens.length(i + 1) == 2 && tokens.lower(i + 1).endsWith("s");
        return tokens.isClitic(i + 1) && !possessive;
    }

    private int end(Tokens tokens, int start, boolean[] taken) {
        int end = start + 1;
        while (end < tokens.count() && end - start < MAX_TOKENS && !taken[end] && tokens.breaksBefore(end) == 0) {
            int next = wordEnd(tokens, start, end);
            if (next == end) {
                break;
            }
            end = next;
        }
        end = Math.min(end, tokens.count());
        boolean dot = tokens.isMark(end, '.') && tokens.touches(end) && dotted.contains(tokens.lower(end - 1));
        return dot ? end + 1 : end;
    }

    /** Where a name that goes on at this token goes on to; the same token where it does not. */
    private int wordEnd(Tokens tokens, int start, int i) {
        if (tokens.isMark(i, '.')) {
            boolean shortened =
                    tokens.touches(i) && (tokens.isInitial(i - 1) || isTitle(tokens, i - 1)) && tokens.isCapital(i + 1);
            boolean company = tokens.lower(i - 1).equals("co")
                    && tokens.isMark(i + 1, ',')
                    && dotted.contains(tokens.lower(i + 2));
            return shortened ? i + 1 : company ? i + 3 : i;
        }
        if (tokens.isMark(i, '&')) {
            return tokens.isCapital(i + 1) ? i + 2 : i;
        }
        if (tokens.isMark(i, ',')) {
            return tokens.isCapital(i + 1) && dotted.contains(tokens.lower(i + 1)) ? i + 2 : i;
        }
        if (tokens.lower(i).equals("and")) {
            return tokens.isCapital(i + 1) && successors.contains(tokens.lower(i + 1)) ? i + 2 : i;
        }
        return tokens.isCapital(i) ? (goesOn(tokens, start, i) ? i + 1 : i) : particlesEnd(tokens, i);
    }

    private boolean goesOn(Tokens tokens, int start, int i) {
        String lower = tokens.lower(i);
        if (tokens.touches(i)) {
            return false;
        }
        if (tokens.isInitial(i)) {
            return (tokens.isMark(i + 1, '.') || tokens.isCapital(i + 1)) || !tokens.isFunction(i);
        }
        boolean named = nameEnds.contains(lower) || legalForms.contains(lower);
        boolean title =
                isTitle(tokens, i) && !isTitle(tokens, start) && (tokens.isCapital(i + 1) || tokens.isMark(i + 1, '.'));
        boolean word = isTitle(tokens, i - 1) || !tokens.isFunction(i);
        return named || (word && !title && !isOther(tokens, i));
    }

    /** Where the name behind "van der" or "de la", or behind "Bank of", ends; the same token where none goes on. */
    private int particlesEnd(Tokens tokens, int from) {
        if (tokens.lower(from).equals("of")) {
            return heads.contains(tokens.lower(from - 1)) && tokens.isCapital(from + 1) ? from + 2 : from;
        }
        int i = from;
        while (i - from < 3 && tokens.isWord(i) && !tokens.isCapital(i) && particles.contains(tokens.lower(i))) {
            i++;
        }
        boolean preposition =
                i == from + 1 && tokens.isFunction(from) && !tokens.lower(from).equals("do");
        return i > from && !preposition && tokens.isCapital(i) && tokens.breaksBefore(i) == 0 ? i + 1 : from;
    }

    /** Where a name in small letters ends that starts here: a given name that is no word, with another such word behind it or a caller in front. */
    private int smallEnd(Tokens tokens, int i) {
        boolean given = tokens.isWord(i)
                && tokens.has(i, Lexicon.GIVEN)
                && tokens.length(i) > 3
                && !tokens.isOrdinary(i)
                && !tokens.touches(i)
                && !particles.contains(tokens.lower(i));
        if (!given) {
            return i;
        }
        boolean next = tokens.isWord(i + 1)
                && !tokens.isCapital(i + 1)
                && tokens.breaksBefore(i + 1) == 0
                && !tokens.isOrdinary(i + 1)
                && !particles.contains(tokens.lower(i + 1));
        return next ? i + 2 : callers.contains(tokens.lower(i - 1)) ? i + 1 : i;
    }

    /** Where "Owens, Duran and Oneal" ends: three family names, the last after "and"; the same token where it does not start. */
    private static int partnersEnd(Tokens tokens, int i) {
        boolean shape = tokens.isWord(i)
                && tokens.isMark(i + 1, ',')
                && tokens.isWord(i + 2)
                && tokens.lower(i + 3).equals("and")
                && tokens.isWord(i + 4)
                && !tokens.isMark(i - 1, ',')
                && !tokens.isMark(i + 5, ',')
                && tokens.isCapital(i) == tokens.isCapital(i + 2);
        return shape && partner(tokens, i) + partner(tokens, i + 2) + partner(tokens, i + 4) > 1 ? i + 5 : i;
    }

    /** 1 for a family name, 0 for a word that nothing is known of, less for any other. */
    private static int partner(Tokens tokens, int token) {
        boolean other = tokens.has(token, Lexicon.GIVEN) || tokens.isOrdinary(token);
        return tokens.has(token, Lexicon.FAMILY) ? 1 : other ? -3 : 0;
    }
}
