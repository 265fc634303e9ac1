package kindling.prep.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/**
 * Names of people, places and organisations, and postal addresses.
 *
 * <pre>{@code
 * new NameFinder().find("Dr. Jane Roe lives in Lyon", (type, start, end, score) -> …);   // PERSON [4, 12), LOCATION [22, 26)
 * }</pre>
 *
 * <p>A run of capitalised words that are not ordinary words, or that stand where ordinary words do not, may be a name; of what kind it is says the sum of the
 * evidence of a lexicon and of the words around and inside it, over all places of the text where the same name stands. Titles are not part of a
 * name, legal forms such as "Inc." are, and what is written in scripts without capitals is not found. Spans do not overlap.
 *
 * <p>The first finder of a process loads the lexicon. Time is linear in the text's length. Immutable and safe for use by many threads.
 */
public final class NameFinder {
    /** The smallest sum that makes a name. */
    private static final int ENOUGH = 2;
    /** In texts that are not English: there the lexicon cannot say that a word is ordinary. */
    private static final int ENOUGH_ABROAD = 4;
    /** Share of ordinary words in an English text, names in small letters being the rest. */
    private static final double MOSTLY = 0.6;
    /** For a word that belongs to a longer name elsewhere in the text. */
    private static final int PART_OF_NAME = 4;

    private static final double ADDRESS_SCORE = 0.7;

    private final Vocabulary vocabulary;
    private final Addresses addresses;
    private final Chunker chunker;
    private final Evidence evidence;
    private final Set<String> kin;
    private final Set<String> nameEnds;
    private final Set<String> directions;
    private final Set<String> addressParts;

    /** Takes what is found. */
    @FunctionalInterface
    public interface Names {
        /** A name {@code [start, end)} in UTF-16 units, with a score of 0 … 1. */
        void add(NameType type, int start, int end, double score);
    }

    public NameFinder() {
        Cues cues = Cues.shared();
        vocabulary = new Vocabulary(Lexicon.shared(), cues);
        addresses = new Addresses(cues, vocabulary);
        chunker = new Chunker(cues);
        evidence = new Evidence(cues, vocabulary);
        kin = cues.list("kin");
        nameEnds = cues.list("name-end");
        directions = cues.list("direction");
        addressParts = cues.list("address-part");
    }

    /** Hands over every name: first the addresses, then the others, each from left to right. */
    public void find(String text, Names names) {
        Tokens tokens = Tokens.of(text, vocabulary);
        boolean[] taken = new boolean[tokens.count() + 1];
        addresses.find(tokens, (type, start, end) -> {
            names.add(type, tokens.start(start), tokens.end(end - 1), ADDRESS_SCORE);
            Arrays.fill(taken, start, end, true);
        });
        boolean english = isEnglish(tokens);
        List<Chunk> chunks = new ArrayList<>();
        int i = 0;
        while (i < tokens.count()) {
            i = taken[i] ? i + 1 : chunker.next(tokens, i, taken, english, chunks);
        }
        List<Name> decided = decide(tokens, chunks, english ? ENOUGH : ENOUGH_ABROAD);
        for (Name name : new Places(tokens, addressParts).join(decided)) {
            names.add(name.type(), tokens.start(name.start()), tokens.end(name.end() - 1), name.score());
        }
    }

    /** Whether most of the words with small letters are English ones. */
    private static boolean isEnglish(Tokens tokens) {
        int small = 0;
        int english = 0;
        for (int i = 0; i < tokens.count(); i++) {
            if (tokens.isWord(i) && !tokens.isCapital(i)) {
                small++;
                english += tokens.isOrdinary(i) ? 1 : 0;
            }
        }
        return small < 4 || english > small * MOSTLY;
    }

    /** Weighs each chunk, with half of what speaks for the same words elsewhere. */
    private List<Name> decide(Tokens tokens, List<Chunk> chunks, int enough) {
        List<Scores> own = new ArrayList<>();
        Map<String, Scores> sums = new HashMap<>();
        Set<String> parts = new HashSet<>();
        for (Chunk chunk : chunks) {
            Scores scores = evidence.of(tokens, chunk, chunks, own);
            own.add(scores);
            sums.computeIfAbsent(tokens.phrase(chunk.start(), chunk.end()), phrase -> new Scores())
                    .addAll(scores);
            if (chunk.end() - chunk.start() > 1
                    && scores.best() == NameType.PERSON
                    && scores.of(NameType.PERSON) > PART_OF_NAME) {
                for (int i = chunk.start(); i < chunk.end(); i++) {
                    parts.add(tokens.lower(i));
                }
            }
        }
        List<Name> names = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            Scores scores = own.get(i).towards(sums.get(tokens.phrase(chunk.start(), chunk.end())));
            boolean part = chunk.end() - chunk.start() == 1 && parts.contains(tokens.lower(chunk.start()));
            scores.add(NameType.PERSON, part ? PART_OF_NAME : 0);
            int best = scores.of(scores.best());
            double score = Math.min(0.95, 0.4 + best * 0.03);
            if (best >= enough && chunk.partners() && scores.best() != NameType.ORG) {
                for (int partner = chunk.start(); partner < chunk.end(); partner += 2) {
                    names.add(new Name(scores.best(), partner, partner + 1, score));
                }
            } else if (best >= enough) {
                names.add(named(tokens, chunk, scores.best(), score));
            }
        }
        return names;
    }

    /** What of a chunk is the name: of a person no ordinary words, of a place no direction. */
    private Name named(Tokens tokens, Chunk chunk, NameType type, double score) {
        int start = chunk.start();
        int end = chunk.end();
        if (type == NameType.PERSON) {
            while (start < end - 1 && isPlain(tokens, start)) {
                start++;
            }
            while (start < end - 1 && isPlain(tokens, end - 1)) {
                end--;
            }
        }
        if (type == NameType.LOCATION) {
            start += end - start > 1 && directions.contains(tokens.lower(start)) ? 1 : 0;
            boolean part = tokens.isMark(end, '(') && tokens.has(end + 1, Lexicon.OTHER) && tokens.isMark(end + 2, ')');
            end = part ? end + 3 : end; // "Cyprus (Greek)"
        }
        return new Name(type, start, end, score);
    }

    /** A common word that no name is made of. */
    private boolean isPlain(Tokens tokens, int token) {
        return !tokens.isInitial(token)
                && !nameEnds.contains(tokens.lower(token))
                && !kin.contains(tokens.lower(token))
                && !tokens.has(token, Lexicon.GIVEN | Lexicon.FAMILY)
                && (tokens.has(token, Lexicon.COMMON) || tokens.isFunction(token));
    }
}
