package kindling.prep.names;

import java.util.Set;

/**
 * Postal addresses: a {@link StreetLine street} and the unit, town, state, country and postcode after it, over line breaks; military and post office boxes;
 * street corners. An address in a sentence is one span; in a letter head, where each part has its line, each part is a span, and so are a street and a
 * town in a sentence that no postcode joins.
 */
final class Addresses {
    private static final int MAX_CORNER = 6;
    private static final Set<String> AND = Set.of("and", "und", "et");
    private static final Set<String> ARMY = Set.of("psc", "unit", "cmr");
    private static final Set<String> SHIPS = Set.of("uss", "usns", "usnv", "uscgc");
    private static final Set<String> MILITARY = Set.of("apo", "fpo", "dpo");

    private final AddressWords words;

    Addresses(Cues cues, Vocabulary vocabulary) {
        words = new AddressWords(cues, vocabulary);
    }

    /** Takes a span of tokens. */
    interface Spans {
        void add(NameType type, int start, int end);
    }

    /** Finds every address; the spans come from left to right. */
    void find(Tokens tokens, Spans spans) {
        int i = 0;
        while (i < tokens.count()) {
            int end = boxEnd(tokens, i);
            end = end > i ? end : cornerEnd(tokens, i);
            end = end > i ? end : Postcodes.calledEnd(tokens, i);
            if (end > i) {
                spans.add(NameType.ADDRESS, i, end);
            } else {
                end = street(tokens, i, spans);
            }
            i = Math.max(end, i + 1);
        }
    }

    /** {@code PSC 1234, Box 5678 APO AA 12345}; the same token where there is none. */
    private static int boxEnd(Tokens tokens, int start) {
        String lower = tokens.lower(start);
        int i = start;
        if (ARMY.contains(lower) && tokens.isNumber(start + 1)) {
            i = tokens.isMark(start + 2, ',') ? start + 3 : start + 2;
            i = tokens.lower(i).equals("box") && tokens.isNumber(i + 1) ? i + 2 : start;
        } else if (SHIPS.contains(lower) && tokens.isCapital(start + 1)) {
            i = tokens.breaksBefore(start + 2) == 0 && tokens.isCapital(start + 2) ? start + 3 : start + 2;
        }
        i = tokens.isMark(i, ',') ? i + 1 : i;
        boolean military =
                i > start && MILITARY.contains(tokens.lower(i)) && tokens.isWord(i + 1) && tokens.isNumber(i + 2);
        return military ? i + 3 : start;
    }

    /** {@code the corner of Main Street and Elm Road}; the same token where there is none. */
    private int cornerEnd(Tokens tokens, int start) {
        int of = tokens.lower(start).equals("the") ? start + 2 : start + 1;
        if (!tokens.lower(of - 1).equals("corner") || !tokens.lower(of).equals("of")) {
            return start;
        }
        int and = cornerStreetEnd(tokens, of + 1);
        if (and == of + 1 || !(AND.contains(tokens.lower(and)) || tokens.isMark(and, '&'))) {
            return start;
        }
        int end = cornerStreetEnd(tokens, and + 1);
        return end > and + 1 ? end : start;
    }

    private int cornerStreetEnd(Tokens tokens, int from) {
        boolean small = tokens.isWord(from) && !tokens.isCapital(from);
        int i = from;
        while (i - from < MAX_CORNER
                && (i == from || tokens.breaksBefore(i) == 0)
                && isOfCorner(tokens, i, i == from, small)) {
            i++;
        }
        return i;
    }

    private boolean isOfCorner(Tokens tokens, int i, boolean first, boolean small) {
        String lower = tokens.lower(i);
        if (tokens.isMark(i, '.')) {
            boolean more = tokens.isNumber(i + 1) || tokens.isCapital(i + 1) || AND.contains(tokens.lower(i + 1));
            return !first && tokens.length(i - 1) <= 4 && (more || tokens.isNumber(i - 1));
        }
        boolean street = !first && (words.isStreetWord(lower) || words.isCompound(lower));
        boolean plain = small && tokens.isWord(i) && !AND.contains(lower);
        return tokens.isCapital(i) || tokens.isNumber(i) || street || words.isParticle(lower) || plain;
    }

    /** Reports the address whose street starts here, and says where it ends; the same token where there is none. */
    private int street(Tokens tokens, int start, Spans spans) {
        int unit = words.unitEnd(tokens, start);
        boolean unitFirst = unit > start && tokens.isNumber(unit); // "Apt. 675 62314 Mellemvej 32"
        Street street = StreetLine.at(tokens, unitFirst ? unit : start, words);
        if (street == null) {
            return start;
        }
        AddressTail tail = AddressTail.after(tokens, street, words);
        int first = street.isLeading(tokens) ? street.start() : partnerStart(tokens, street.start());
        boolean block = startsLine(tokens, first) && tail.hasOwnLines();
        if (unitFirst) {
            spans.add(NameType.ADDRESS, start, unit);
        }
        if (!block && !unitFirst && tail.isComplete()) {
            spans.add(NameType.ADDRESS, first, tail.end());
            return tail.end();
        }
        boolean twoNumbers = street.isLeading(tokens) && street.numbers() >= 2 && street.end() - first > 2;
        if (twoNumbers) {
            spans.add(NameType.ADDRESS, first, first + 1);
        }
        spans.add(NameType.ADDRESS, twoNumbers ? first + 1 : first, street.end());
        tail.report(spans);
        return tail.end();
    }

    /** Where a first street starts that "and" joins to the one at this token: "Růžena and Király u. 15."; else the token. */
    private static int partnerStart(Tokens tokens, int street) {
        int i = street - 1;
        if (!tokens.lower(i).equals("and") || !tokens.isCapital(i - 1)) {
            return street;
        }
        while (i > 0
                && street - i < 6
                && tokens.breaksBefore(i) == 0
                && (tokens.isCapital(i - 1) || tokens.isNumber(i - 1))) {
            i--;
        }
        boolean announced = tokens.isMark(i - 1, ':')
                || tokens.breaksBefore(i) > 0
                || Set.of("at", "to", "is", "on", "in").contains(tokens.lower(i - 1));
        return announced ? i : street;
    }

    /** Whether only marks stand before this token on its line, and the line before does not announce an address with a colon. */
    private static boolean startsLine(Tokens tokens, int start) {
        int i = start;
        while (i > 0 && tokens.breaksBefore(i) == 0 && !tokens.isWord(i - 1) && !tokens.isNumber(i - 1)) {
            i--;
        }
        boolean apart = i < start
                || i == 0
                || tokens.breaksBefore(i) > 1
                || tokens.text().charAt(tokens.start(i) - 1) == ' ';
        return tokens.breaksBefore(i) > 0 && !tokens.isMark(i - 1, ':') && apart;
    }
}
