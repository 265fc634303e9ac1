package kindling.prep.names;

import java.util.Set;
import kindling.prep.lexicon.Lexicon;
import kindling.prep.names.Streets.Street;

/**
 * Postal addresses: a {@link Streets street} and the unit, town, state, country and postcode after it, over line breaks; military and post office boxes;
 * street corners. An address in a sentence is one span; in a letter head, where each part has its line, each part is a span, and so are a street and a
 * town in a sentence that no postcode joins.
 */
final class Addresses {
    private static final int MAX_PARTS = 6;

    private final Streets streets;
    private final Vocabulary vocabulary;
    private final Set<String> labels;
    private final Set<String> states;
    private final Set<String> particles;

    Addresses(Cues cues, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        streets = new Streets(cues, vocabulary);
        labels = cues.list("label");
        states = cues.list("state");
        particles = cues.list("particle");
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
            int code = end > i ? i : calledPostcode(tokens, i);
            if (code > i) {
                spans.add(NameType.ADDRESS, i, code);
                end = code;
            } else if (end > i) {
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
        if (Set.of("psc", "unit", "cmr").contains(lower) && tokens.isNumber(start + 1)) {
            i = tokens.isMark(start + 2, ',') ? start + 3 : start + 2;
            i = tokens.lower(i).equals("box") && tokens.isNumber(i + 1) ? i + 2 : start;
        } else if (Set.of("uss", "usns", "usnv", "uscgc").contains(lower) && tokens.isCapital(start + 1)) {
            i = tokens.breaksBefore(start + 2) == 0 && tokens.isCapital(start + 2) ? start + 3 : start + 2;
        }
        i = tokens.isMark(i, ',') ? i + 1 : i;
        boolean military = i > start
                && Set.of("apo", "fpo", "dpo").contains(tokens.lower(i))
                && tokens.isWord(i + 1)
                && tokens.isNumber(i + 2);
        return military ? i + 3 : start;
    }

    /** {@code the corner of Main Street and Elm Road}; the same token where there is none. */
    private int cornerEnd(Tokens tokens, int start) {
        int of = tokens.lower(start).equals("the") ? start + 2 : start + 1;
        if (!tokens.lower(of - 1).equals("corner") || !tokens.lower(of).equals("of")) {
            return start;
        }
        int and = cornerStreetEnd(tokens, of + 1);
        if (and == of + 1 || !(Set.of("and", "und", "et").contains(tokens.lower(and)) || tokens.isMark(and, '&'))) {
            return start;
        }
        int end = cornerStreetEnd(tokens, and + 1);
        return end > and + 1 ? end : start;
    }

    /** The end of a postcode that a word in front calls one; the same token where there is none. */
    private static int calledPostcode(Tokens tokens, int start) {
        int i = start - 1;
        while (i > start - 5
                && (tokens.isMark(i, ':')
                        || Set.of("is", "code", "postal", "number").contains(tokens.lower(i)))) {
            i--;
        }
        boolean called = Set.of("zip", "postcode", "plz", "postleitzahl").contains(tokens.lower(i))
                || tokens.lower(i + 1).equals("postal");
        return called ? Postcodes.end(tokens, start) : start;
    }

    private int cornerStreetEnd(Tokens tokens, int from) {
        int end = from;
        int last = from;
        boolean small = tokens.isWord(from) && !tokens.isCapital(from);
        while (end - from < 6 && (end == from || tokens.breaksBefore(end) == 0)) {
            boolean dot = tokens.isMark(end, '.')
                    && end > from
                    && tokens.length(end - 1) <= 4
                    && (tokens.isNumber(end + 1)
                            || tokens.isNumber(end - 1)
                            || tokens.isCapital(end + 1)
                            || tokens.lower(end + 1).equals("and"));
            boolean name = tokens.isCapital(end)
                    || tokens.isNumber(end)
                    || (end > from && streets.isType(tokens.lower(end)))
                    || particles.contains(tokens.lower(end))
                    || (small && tokens.isWord(end) && !tokens.lower(end).equals("and"));
            if (!dot && !name) {
                break;
            }
            end++;
            last = end;
        }
        return last;
    }

    /** Reports the address whose street starts here, and says where it ends; the same token where there is none. */
    private int street(Tokens tokens, int start, Spans spans) {
        int from = start;
        int unit = streets.unitEnd(tokens, start);
        if (unit > start && tokens.isNumber(unit)) {
            from = unit; // "Apt. 675 62314 Mellemvej 32"
        }
        Street street = streets.at(tokens, from);
        if (street == null) {
            return start;
        }
        Tail tail = new Tail(tokens, street.end());
        tail.read(street);
        boolean block = startsLine(tokens, start) && tail.ownLines;
        from = street.leading() ? from : partnerStart(tokens, from);
        start = from < street.start() ? from : start;
        if (unit > start && tokens.isNumber(unit)) {
            spans.add(NameType.ADDRESS, start, from);
        }
        if (!block && tail.strong && from == start) {
            spans.add(NameType.ADDRESS, start, tail.end);
            return tail.end;
        }
        boolean twoNumbers = street.leading() && street.numbers() >= 2 && street.end() - street.start() > 2;
        if (twoNumbers) {
            spans.add(NameType.ADDRESS, street.start(), street.start() + 1);
        }
        spans.add(NameType.ADDRESS, twoNumbers ? street.start() + 1 : Math.min(start, street.start()), street.end());
        tail.report(spans);
        return tail.end;
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

    /** What follows a street. */
    private final class Tail {
        private final Tokens tokens;
        private final int[] starts = new int[MAX_PARTS];
        private final int[] ends = new int[MAX_PARTS];
        private final NameType[] types = new NameType[MAX_PARTS];
        private int count;
        private int end;
        /** Whether a unit, a state, a country or a postcode is there. */
        private boolean strong;
        /** Whether every part stands on a line of its own, set in or after the same marks as the street. */
        private boolean ownLines;

        private boolean broken;

        Tail(Tokens tokens, int end) {
            this.tokens = tokens;
            this.end = end;
        }

        void read(Street street) {
            boolean small = tokens.isWord(street.end() - 2)
                    && !tokens.isCapital(street.end() - 2)
                    && tokens.isNumber(street.start())
                    && !tokens.isCapital(street.start() + 1);
            boolean postcode = false;
            boolean open = true;
            while (count < MAX_PARTS && open) {
                int next = end;
                boolean comma = false;
                while (next < tokens.count() && next - end < 6 && isSeparator(next)) {
                    comma |= tokens.isMark(next, ',');
                    next++;
                }
                int breaks = breaks(end, next);
                int part = breaks > 2 ? next : streets.unitEnd(tokens, next);
                NameType type = NameType.ADDRESS;
                boolean country = false;
                if (part == next && !postcode && breaks <= 2 && postcodeEnd(next) > next) {
                    part = postcodeEnd(next);
                    postcode = part > next + 1 || tokens.length(next) > 2;
                } else if (part == next && breaks <= 2) {
                    part = wordsEnd(next, comma, breaks, small);
                    country = part > next && isCountry(next, part);
                    if (part > next && !country && postcode) {
                        part = next;
                    }
                    type = NameType.LOCATION;
                }
                boolean touching = !comma
                        && breaks == 0
                        && count == 0
                        && type == NameType.LOCATION
                        && !tokens.isNumber(end - 1)
                        && !tokens.isUpper(next);
                if (part == next
                        || touching
                        || tokens.isMark(part, ':')
                        || (breaks == 2 && !country && type == NameType.LOCATION)) {
                    open = false;
                } else {
                    boolean firstLine = breaks > 0 && !broken;
                    ownLines = firstLine ? !comma && setIn(next) : ownLines;
                    broken |= breaks > 0;
                    strong |= type == NameType.ADDRESS
                            || country
                            || (comma && states.contains(tokens.lower(next)) && part == next + 1 && count > 0);
                    add(type, next, part);
                }
            }
        }

        private void add(NameType type, int start, int partEnd) {
            starts[count] = start;
            ends[count] = partEnd;
            types[count++] = type;
            end = partEnd;
        }

        void report(Spans spans) {
            for (int i = 0; i < count; i++) {
                int last = ends[i] - 1;
                boolean state = types[i] == NameType.LOCATION
                        && last > starts[i]
                        && states.contains(tokens.lower(last))
                        && (tokens.isUpper(last) || tokens.lower(last).equals("nan"));
                spans.add(types[i], starts[i], state ? last : ends[i]);
                if (state) {
                    spans.add(NameType.LOCATION, last, ends[i]);
                }
            }
        }

        private boolean isSeparator(int token) {
            return tokens.isMark(token, ',')
                    || tokens.isMark(token, '>')
                    || tokens.isMark(token, '|')
                    || tokens.isMark(token, '*')
                    || (tokens.isMark(token, '?')
                            && (tokens.breaksBefore(token) > 0
                                    || (tokens.isMark(token - 1, '?') && isLineMark(token))));
        }

        private boolean isLineMark(int token) {
            int i = token;
            while (i > 0 && tokens.isMark(i, '?') && tokens.breaksBefore(i) == 0 && token - i < 5) {
                i--;
            }
            return tokens.breaksBefore(i) > 0;
        }

        private int breaks(int from, int to) {
            int breaks = 0;
            for (int i = from; i <= to; i++) {
                breaks += i < tokens.count() ? tokens.breaksBefore(i) : 9;
            }
            return breaks;
        }

        /** Whether the line of this token is set in by a space or a mark. */
        private boolean setIn(int token) {
            int line = token;
            while (line > 0 && tokens.breaksBefore(line) == 0) {
                line--;
            }
            int before = tokens.start(line) - 1;
            return line < token || (before >= 0 && tokens.text().charAt(before) == ' ');
        }

        private int postcodeEnd(int token) {
            int end = Postcodes.end(tokens, token);
            boolean department = tokens.isNumber(token) && tokens.length(token) == 2 && tokens.isMark(token - 1, ',');
            return end == token && department ? token + 1 : end;
        }

        private int wordsEnd(int from, boolean comma, int breaks, boolean small) {
            int last = from;
            for (int i = from; i - from < 5 && i < tokens.count() && (i == from || tokens.breaksBefore(i) == 0); i++) {
                boolean name = tokens.isCapital(i)
                        && !labels.contains(tokens.lower(i))
                        && !(i == from && streets.isStreetWord(tokens, i) && !comma && breaks == 0);
                boolean state = states.contains(tokens.lower(i))
                        && (comma || small || tokens.lower(i).equals("nan"));
                boolean lower = small && tokens.isWord(i) && !tokens.has(i, Lexicon.COMMON);
                if (name || state || lower) {
                    last = i + 1;
                } else if (i == from
                        || !(particles.contains(tokens.lower(i))
                                || tokens.isMark(i, '(')
                                || tokens.isMark(i, ')')
                                || tokens.isMark(i, '-')
                                || (tokens.isMark(i, '.') && tokens.length(i - 1) <= 3 && tokens.isCapital(i + 1)))) {
                    break;
                }
                if (tokens.isMark(i, ')')) {
                    last = i + 1;
                }
            }
            return last;
        }

        private boolean isCountry(int from, int to) {
            String name = tokens.text()
                    .substring(tokens.start(from), tokens.end(to - 1))
                    .toLowerCase(java.util.Locale.ROOT);
            return (vocabulary.flags(name) & Lexicon.COUNTRY) != 0;
        }
    }
}
