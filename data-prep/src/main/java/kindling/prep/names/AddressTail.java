package kindling.prep.names;

import java.util.ArrayList;
import java.util.List;
import kindling.prep.lexicon.Lexicon;

/**
 * What follows a street in an address: unit, town, state, country and postcode, each after a comma, a space or a line break with the marks of quoted
 * mail, up to six parts. Lines are read on as long as they look like parts; an empty line is passed over for a country only.
 */
final class AddressTail {
    private static final int MAX_PARTS = 6;
    private static final int MAX_SEPARATORS = 6;
    private static final int MAX_WORDS = 5;

    private final Tokens tokens;
    private final AddressWords words;
    /** The address is written in small letters. */
    private final boolean small;

    private final List<Name> parts = new ArrayList<>();
    private int end;
    private boolean postcodeSeen;
    private boolean complete;
    private boolean lineSeen;
    private boolean ownLines;

    /** The part that starts at {@code start}, behind a comma or line breaks, or nothing where {@code end} is {@code start}. */
    private record Part(NameType type, int start, int end, boolean comma, int breaks, boolean country) {}

    private AddressTail(Tokens tokens, AddressWords words, Street street) {
        this.tokens = tokens;
        this.words = words;
        this.end = street.end();
        small = street.isSmall(tokens);
    }

    static AddressTail after(Tokens tokens, Street street, AddressWords words) {
        AddressTail tail = new AddressTail(tokens, words, street);
        Part part = tail.next();
        while (tail.parts.size() < MAX_PARTS && tail.belongs(part)) {
            tail.add(part);
            part = tail.next();
        }
        return tail;
    }

    int end() {
        return end;
    }

    /** Whether a unit, a state, a country or a postcode is there. */
    boolean isComplete() {
        return complete;
    }

    /** Whether the parts stand on lines of their own, set in or after the same marks as the street. */
    boolean hasOwnLines() {
        return ownLines;
    }

    /** Hands over each part; a state behind a town is a part of its own. */
    void report(Addresses.Spans spans) {
        for (Name part : parts) {
            int last = part.end() - 1;
            boolean state = part.type() == NameType.LOCATION
                    && last > part.start()
                    && words.isState(tokens.lower(last))
                    && (tokens.isUpper(last) || words.isMissing(tokens.lower(last)));
            spans.add(part.type(), part.start(), state ? last : part.end());
            if (state) {
                spans.add(NameType.LOCATION, last, part.end());
            }
        }
    }

    private Part next() {
        int start = end;
        boolean comma = false;
        int breaks = tokens.breaksBefore(start);
        while (start < tokens.count() && start - end < MAX_SEPARATORS && isSeparator(start)) {
            comma |= tokens.isMark(start, ',');
            start++;
            breaks += tokens.breaksBefore(start);
        }
        if (start >= tokens.count() || breaks > 2) {
            return new Part(NameType.ADDRESS, start, start, comma, breaks, false);
        }
        int unit = words.unitEnd(tokens, start);
        if (unit > start) {
            return new Part(NameType.ADDRESS, start, unit, comma, breaks, false);
        }
        int code = postcodeSeen ? start : postcodeEnd(start);
        if (code > start) {
            return new Part(NameType.ADDRESS, start, code, comma, breaks, false);
        }
        int town = townEnd(start, comma, breaks);
        boolean country = town > start && words.isCountry(tokens.phrase(start, town));
        return new Part(NameType.LOCATION, start, town, comma, breaks, country);
    }

    private boolean belongs(Part part) {
        boolean town = part.type == NameType.LOCATION && !part.country;
        boolean joined =
                !part.comma && part.breaks == 0; // on the street's line only a town in capitals or behind a number
        boolean streetGoesOn = joined
                && parts.isEmpty()
                && part.type == NameType.LOCATION
                && !tokens.isNumber(end - 1)
                && !tokens.isUpper(part.start);
        return part.end > part.start
                && !streetGoesOn
                && !tokens.isMark(part.end, ':')
                && !(town && (postcodeSeen || part.breaks > 1));
    }

    private void add(Part part) {
        boolean code = part.type == NameType.ADDRESS && words.unitEnd(tokens, part.start) == part.start;
        boolean state =
                part.comma && !parts.isEmpty() && part.end == part.start + 1 && words.isState(tokens.lower(part.start));
        postcodeSeen |= code && (part.end > part.start + 1 || tokens.length(part.start) > 2);
        complete |= part.type == NameType.ADDRESS || part.country || state;
        if (part.breaks > 0 && !lineSeen) {
            lineSeen = true;
            ownLines = !part.comma && isSetIn(part.start);
        }
        parts.add(new Name(part.type, part.start, part.end, 0));
        end = part.end;
    }

    private boolean isSeparator(int token) {
        boolean quote = tokens.isMark(token, '>')
                || tokens.isMark(token, '|')
                || tokens.isMark(token, '*')
                || tokens.isMark(token, '?');
        return tokens.isMark(token, ',') || (quote && startsLine(token));
    }

    /** Whether only the same mark, up to four times, stands before this one on its line. */
    private boolean startsLine(int token) {
        int i = token;
        while (token - i < 4
                && tokens.breaksBefore(i) == 0
                && tokens.isMark(i - 1, tokens.text().charAt(tokens.start(token)))) {
            i--;
        }
        return tokens.breaksBefore(i) > 0;
    }

    /** Whether the line of this token starts with a space or a mark. */
    private boolean isSetIn(int token) {
        int line = token;
        while (token - line < MAX_SEPARATORS && tokens.breaksBefore(line) == 0) {
            line--;
        }
        int before = tokens.start(line) - 1;
        return line < token || (before >= 0 && tokens.text().charAt(before) == ' ');
    }

    /** A postcode, or the two digits of a department behind a comma. */
    private int postcodeEnd(int token) {
        int code = Postcodes.end(tokens, token);
        boolean department = tokens.isNumber(token) && tokens.length(token) == 2 && tokens.isMark(token - 1, ',');
        return code == token && department ? token + 1 : code;
    }

    private int townEnd(int from, boolean comma, int breaks) {
        int last = from;
        int i = from;
        while (i - from < MAX_WORDS && i < tokens.count() && (i == from || tokens.breaksBefore(i) == 0)) {
            String lower = tokens.lower(i);
            boolean streetWord =
                    i == from && !comma && breaks == 0 && words.isStreetWord(lower); // "137 Avenue Teboulbi St."
            boolean name = tokens.isCapital(i) && !words.isLabel(lower) && !streetWord;
            boolean state = words.isState(lower) && (comma || small || words.isMissing(lower));
            boolean plain = small && tokens.isWord(i) && !tokens.has(i, Lexicon.COMMON);
            if (name || state || plain || (i > from && tokens.isMark(i, ')'))) {
                last = i + 1;
            } else if (i == from || !isInside(i)) {
                break;
            }
            i++;
        }
        return last;
    }

    /** What may stand between the words of a town: "Cité de l'Intérieur", "Cyprus (Greek)", "St. Gallen". */
    private boolean isInside(int i) {
        boolean shortened = tokens.isMark(i, '.') && tokens.length(i - 1) <= 3 && tokens.isCapital(i + 1);
        return words.isParticle(tokens.lower(i)) || tokens.isMark(i, '(') || tokens.isMark(i, '-') || shortened;
    }
}
