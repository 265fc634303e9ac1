package kindling.prep.sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A long text cut into pieces of bounded size, and what no piece has. Together they are the whole text: each character is in
 * one of them.
 *
 * <pre>{@code
 * Chunks.of("One two. Three four. Five.", 20, String::length)   // [0, 9), [9, 26): "One two. ", "Three four. Five."
 * }</pre>
 *
 * @param pieces in the order of the text
 * @param dropped in the order of the text, no two side by side
 */
public record Chunks(List<Span> pieces, List<Span> dropped) {
    public Chunks {
        pieces = List.copyOf(pieces);
        dropped = List.copyOf(dropped);
    }

    /**
     * Pieces that end where sentences do. A sentence larger than the room is cut between words, a word larger than that
     * between characters. White space after a sentence belongs to it. Pieces of white space alone are dropped, and characters
     * that are larger than the room.
     *
     * @param room largest size of a piece, at least 1
     * @param size of a text, such as its number of tokens: about proportional to its length
     */
    public static Chunks of(String text, int room, ToIntFunction<String> size) {
        Cutting cutting = new Cutting(text, room, size);
        cutting.all();
        return new Chunks(cutting.pieces, cutting.dropped);
    }

    /** One piece, the longest beginning of the text that has room; all else is dropped. */
    public static Chunks head(String text, int room, ToIntFunction<String> size) {
        Cutting cutting = new Cutting(text, room, size);
        int end = cutting.fitting(0, text.length());
        cutting.take(0, end);
        cutting.drop(end, text.length());
        return new Chunks(cutting.pieces, cutting.dropped);
    }

    /** The work on one text. */
    private static final class Cutting {
        private static final int DENSEST = 16; // characters a unit of size; what has more is looked at in two steps

        private final String text;
        private final int room;
        private final ToIntFunction<String> size;
        private final List<Span> pieces = new ArrayList<>();
        private final List<Span> dropped = new ArrayList<>();

        Cutting(String text, int room, ToIntFunction<String> size) {
            if (room < 1) {
                throw new IllegalArgumentException("the room of a piece must be >= 1, got " + room);
            }
            this.text = text;
            this.room = room;
            this.size = size;
        }

        void all() {
            if (fits(0, text.length())) {
                take(0, text.length());
            } else {
                sentenceBySentence();
            }
        }

        private void sentenceBySentence() {
            int[] borders = borders();
            int next = 0; // the first border after start
            int start = 0;
            while (start < text.length()) {
                while (borders[next] <= start) {
                    next++;
                }
                int end = wholeSentences(start, borders, next);
                end = end > start ? end : betweenWords(start, fitting(start, borders[next]), borders[next]);
                if (end > start) {
                    take(start, end);
                } else {
                    end = text.offsetByCodePoints(start, 1);
                    drop(start, end);
                }
                start = end;
            }
        }

        /** Where the second, third … sentence starts, and the end of the text. */
        private int[] borders() {
            List<Span> sentences = Sentences.spans(text);
            int[] borders = new int[Math.max(1, sentences.size())];
            for (int i = 1; i < sentences.size(); i++) {
                borders[i - 1] = sentences.get(i).start();
            }
            borders[borders.length - 1] = text.length();
            return borders;
        }

        /** The last border that a piece may reach; start if it reaches none. The sum of sizes is near the size of all, not equal. */
        private int wholeSentences(int start, int[] borders, int next) {
            int sum = 0;
            int last = next;
            int from = start;
            while (last < borders.length) {
                sum += size(from, borders[last]);
                if (sum > room) {
                    break;
                }
                from = borders[last];
                last++;
            }
            while (last > next && !fits(start, borders[last - 1])) {
                last--;
            }
            return last > next ? borders[last - 1] : start;
        }

        private boolean fits(int start, int end) {
            return size(start, end) <= room;
        }

        /** More than the room, however much, where a beginning has more already. */
        private int size(int start, int end) {
            int dense = near(start, (long) room * DENSEST);
            int head = dense < end ? size.applyAsInt(text.substring(start, dense)) : 0;
            return head > room ? head : size.applyAsInt(text.substring(start, end));
        }

        /** The furthest end, up to the limit, of a piece that fits. */
        int fitting(int start, int limit) {
            int end = start;
            int beyond = Math.min(limit, near(start, room));
            while (end < limit && fits(start, beyond)) {
                end = beyond;
                beyond = Math.min(limit, near(end, end - start));
            }
            while (true) {
                int middle = Math.max(whole((end + beyond) >>> 1), near(end, 1));
                if (middle >= beyond) {
                    return end;
                }
                if (fits(start, middle)) {
                    end = middle;
                } else {
                    beyond = middle;
                }
            }
        }

        /** The end, or where white space is in the half before it; the limit needs none. */
        private int betweenWords(int start, int end, int limit) {
            for (int i = end; i < limit && i > start + (end - start) / 2; i--) {
                if (Character.isWhitespace(text.charAt(i - 1))) {
                    return fits(start, i) ? i : end;
                }
            }
            return end;
        }

        /** At least one character and about so many units further, at most the end of the text. */
        private int near(int start, long units) {
            if (start == text.length()) {
                return start;
            }
            int one = text.offsetByCodePoints(start, 1);
            return Math.max(one, whole((int) Math.min(text.length(), start + units)));
        }

        /** Not between the two halves of a character. */
        private int whole(int at) {
            boolean halved = at > 0
                    && at < text.length()
                    && Character.isHighSurrogate(text.charAt(at - 1))
                    && Character.isLowSurrogate(text.charAt(at));
            return halved ? at - 1 : at;
        }

        void take(int start, int end) {
            if (text.substring(start, end).isBlank()) {
                drop(start, end);
            } else {
                pieces.add(new Span(start, end));
            }
        }

        void drop(int start, int end) {
            if (start == end) {
                return;
            }
            Span last = dropped.isEmpty() ? null : dropped.get(dropped.size() - 1);
            if (last != null && last.end() == start) {
                dropped.set(dropped.size() - 1, new Span(last.start(), end));
            } else {
                dropped.add(new Span(start, end));
            }
        }
    }
}
