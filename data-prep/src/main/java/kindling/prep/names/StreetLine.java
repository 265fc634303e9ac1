package kindling.prep.names;

import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/**
 * Reads a street: a word for street with a number before or behind the name, two numbers around a name, or a number, a name and a unit. It ends with its
 * line, or where a word cannot be part of a street's name; it has ten tokens at most, so that looking for one at every token stays cheap.
 */
final class StreetLine {
    private static final int MAX_TOKENS = 10;
    private static final Set<String> BEFORE = Set.of("on", "at", "in", "to", "of", "is", "from", "nach", "à", "near");
    private static final Set<String> BEFORE_NAME = Set.of("on", "at", "of", "is");
    private static final Set<String> BEFORE_YEAR = Set.of("in", "since", "of", "the", "by");

    private final Tokens tokens;
    private final AddressWords words;
    private final int start;
    private final boolean small;
    private int end;
    private int numbers;
    private int names;
    /** A word or a part of one says that this is a street. */
    private boolean known;
    /** It started with the word for street: "rue de la Paix". */
    private boolean opened;
    /** A particle in small letters is there: "Via dei Fiorentini". */
    private boolean particle;

    private StreetLine(Tokens tokens, int start, AddressWords words) {
        this.tokens = tokens;
        this.words = words;
        this.start = start;
        end = start;
        small = tokens.isNumber(start) && !hasCapital(start + 1, start + 5);
    }

    /** The street that starts at this token, or null. */
    static Street at(Tokens tokens, int start, AddressWords words) {
        int box = AddressWords.postBoxEnd(tokens, tokens.isNumber(start) ? start + 1 : start);
        StreetLine line = new StreetLine(tokens, start, words);
        if (box > start + 1) {
            return new Street(start, line.capitalsEnd(box), 1);
        }
        line.read();
        return line.isStreet() ? new Street(start, line.end, line.numbers) : null;
    }

    private boolean hasCapital(int from, int to) {
        boolean capital = false;
        for (int i = from; i < to; i++) {
            capital |= tokens.isCapital(i) && tokens.breaksBefore(i) == 0;
        }
        return capital;
    }

    private int capitalsEnd(int from) {
        int i = from;
        while (i - start < MAX_TOKENS && tokens.isCapital(i) && tokens.breaksBefore(i) == 0 && !isUnit(i)) {
            i++;
        }
        return i;
    }

    private void read() {
        int i = start;
        int next = step(i);
        while (next > i && next - start < MAX_TOKENS && tokens.breaksBefore(next) == 0) {
            i = next;
            next = step(i);
        }
    }

    /** Takes the token, and says where to go on; the same token where the street has ended. */
    private int step(int i) {
        if (tokens.isNumber(i)) {
            return number(i);
        }
        if (tokens.isWord(i) && takes(i)) {
            name(i);
            return i + 1;
        }
        if (tokens.isMark(i, '.') && i > start && tokens.touches(i) && isAbbreviated(i)) {
            end = i + 1;
            return i + 1;
        }
        return i;
    }

    private int number(int i) {
        if (!isHouseNumber(i)) {
            return i;
        }
        numbers++;
        end = i + 1;
        if (names > 0 && tokens.isMark(i + 1, '.') && tokens.touches(i + 1) && isAbbreviated(i + 1)) {
            end = i + 2; // "Erzsébet tér 19."
            return i;
        }
        boolean more = tokens.isNumber(i + 1) || tokens.isCapital(i + 1) || small || i == start;
        return names == 0 || (more && !isUnit(i + 1)) ? i + 1 : i;
    }

    private boolean takes(int i) {
        String lower = tokens.lower(i);
        String before = i > start ? tokens.lower(i - 1) : "";
        boolean first = names == 0;
        boolean sentence = !first // "90 Whitchurch Road street": the last word is the sentence's
                && words.isStreetWord(lower)
                && (words.isStreetWord(before) || tokens.isNumber(i - 1) || (opened && !words.startsStreet(lower)));
        boolean sentenceWord =
                i == start && !tokens.isCapital(i) && !(words.startsStreet(lower) && hasCapital(i + 1, i + 4));
        if (isUnit(i) || sentence || sentenceWord || words.isCalendar(lower)) {
            return false;
        }
        boolean street = words.startsStreet(lower) || words.isCompound(lower) || (!first && words.isStreetWord(lower));
        boolean afterStreet =
                !first && !tokens.has(i, Lexicon.COMMON) && (words.startsStreet(before) || words.isParticle(before));
        boolean end = !first && words.endsStreet(lower) && tokens.isCapital(i - 1);
        return tokens.isCapital(i)
                || street
                || words.isParticle(lower)
                || afterStreet
                || end
                || (small && !tokens.isOrdinary(i));
    }

    private void name(int i) {
        String lower = tokens.lower(i);
        boolean starts = names == 0 && words.startsStreet(lower);
        boolean streetWord = names > 0 && words.endsStreet(lower);
        opened |= starts && lower.length() > 2;
        known |= starts || streetWord || words.isCompound(lower);
        particle |= words.isParticle(lower) && !tokens.isCapital(i);
        names++;
        if (!words.isParticle(lower) || (names > 1 && words.isStreetWord(lower))) {
            end = i + 1;
        }
    }

    private boolean isStreet() {
        if (names == 0 || end == start) {
            return false;
        }
        boolean leading = tokens.isNumber(start);
        boolean numbered = known && numbers >= 1;
        boolean around = leading && numbers >= 2 && !isYear();
        boolean withUnit = leading && isUnit(end);
        return numbered || around || withUnit || isNamedInSentence() || isPlain();
    }

    /** "lives on Abbey Road". */
    private boolean isNamedInSentence() {
        int last = tokens.isMark(end - 1, '.') ? end - 2 : end - 1;
        return known
                && names > 1
                && tokens.isCapital(start)
                && BEFORE.contains(tokens.lower(start - 1))
                && words.isStreetWord(tokens.lower(last));
    }

    /** "north of Joaquin Suarez 2906": no word says that it is a street, but where it stands and the number do. */
    private boolean isPlain() {
        boolean shape = numbers == 1 && names < 4 && !particle && tokens.isCapital(start) && tokens.isNumber(end - 1);
        return shape
                && tokens.length(end - 1) < (names > 1 ? 5 : 4)
                && !tokens.has(start, Lexicon.ORDINARY | Lexicon.OTHER)
                && BEFORE_NAME.contains(tokens.lower(start - 1));
    }

    private boolean isUnit(int i) {
        return words.unitEnd(tokens, i) > i;
    }

    /** Whether a full stop shortens the word before it, or makes an ordinal of the number that ends a street: "u. 15.". */
    private boolean isAbbreviated(int dot) {
        String before = tokens.lower(dot - 1);
        if (tokens.isWord(dot - 1)) {
            return before.length() <= 4 && (words.endsStreet(before) || words.startsStreet(before));
        }
        boolean last = !tokens.isCapital(dot + 1)
                || tokens.breaksBefore(dot + 1) > 0
                || isUnit(dot + 1)
                || words.isStreetWord(tokens.lower(dot + 1));
        boolean shortWord = tokens.isMark(dot - 2, '.') && words.endsStreet(tokens.lower(dot - 3));
        return tokens.isNumber(dot - 1) && (shortWord || (last && words.endsStreet(tokens.lower(dot - 2))));
    }

    /** Up to five digits, perhaps with a letter behind them, and no part of a longer number, a time or a share. */
    private boolean isHouseNumber(int i) {
        String number = tokens.lower(i);
        int digits = number.length() - (Character.isLetter(number.charAt(number.length() - 1)) ? 1 : 0);
        boolean before = tokens.isMark(i - 1, '#')
                || (tokens.isMark(i - 1, '-') && tokens.isNumber(i - 2))
                || (tokens.isMark(i - 1, ':') && tokens.touches(i));
        boolean decimal = tokens.isMark(i + 1, '.') && tokens.touches(i + 2) && tokens.isNumber(i + 2);
        boolean after = tokens.isMark(i + 1, ':')
                || tokens.isMark(i + 1, '%')
                || (tokens.isMark(i + 1, '-') && tokens.isNumber(i + 2));
        return number.length() <= 6
                && !before
                && !after
                && !decimal
                && number.chars().limit(digits).allMatch(Character::isDigit);
    }

    private boolean isYear() {
        String number = tokens.lower(start);
        return number.length() == 4
                && (number.startsWith("19") || number.startsWith("20"))
                && BEFORE_YEAR.contains(tokens.lower(start - 1));
    }
}
