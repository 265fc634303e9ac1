package kindling.prep.names;

import java.util.Set;
import kindling.prep.lexicon.Lexicon;

/**
 * The line of an address that names a street: a word for street in one of a dozen languages with a number before or behind it, two numbers around a
 * name, or a number, a name and a unit.
 */
final class Streets {
    /** Longest line, in tokens; longer runs are no streets, and looking at them stays cheap. */
    private static final int MAX_TOKENS = 10;

    private final Vocabulary vocabulary;
    private final Set<String> calendar;
    private final Set<String> ends;
    private final Set<String> typed;
    private final Set<String> starts;
    private final Set<String> parts;
    private final Set<String> units;
    private final Set<String> particles;
    private final Set<String> before = Set.of("on", "at", "in", "to", "of", "is", "from", "nach", "à", "near");

    Streets(Cues cues, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        calendar = cues.list("calendar");
        ends = cues.list("street-end");
        typed = cues.list("street-typed");
        starts = cues.list("street-start");
        parts = cues.list("street-part");
        units = cues.list("unit");
        particles = cues.list("particle");
    }

    /** A street's tokens [start, end); {@code numbers} of them are house numbers, the first one leading where {@code leading}. */
    record Street(int start, int end, int numbers, boolean leading) {}

    /** The street that starts at this token, or null. */
    Street at(Tokens tokens, int start) {
        int box = postBoxEnd(tokens, tokens.isNumber(start) ? start + 1 : start);
        if (box > start + 1) {
            while (tokens.isCapital(box)
                    && tokens.breaksBefore(box) == 0
                    && box - start < MAX_TOKENS
                    && !isUnit(tokens, box)) {
                box++;
            }
            return new Street(start, box, 1, tokens.isNumber(start));
        }
        if (!(tokens.isNumber(start) || tokens.isWord(start))
                || (tokens.isNumber(start) && !isHouseNumber(tokens, start))) {
            return null;
        }
        boolean small = tokens.isNumber(start) && !tokens.isCapital(start + 1) && !tokens.isNumber(start + 1);
        int end = start;
        int numbers = 0;
        int words = 0;
        boolean typeSeen = false;
        boolean known = false;
        boolean opened = false; // by a word for street: "rue de la Paix"
        int lastGood = start;
        while (end < tokens.count() && end - start < MAX_TOKENS && (end == start || tokens.breaksBefore(end) == 0)) {
            String lower = tokens.lower(end);
            if (tokens.isNumber(end)) {
                if (!isHouseNumber(tokens, end)) {
                    break;
                }
                numbers++;
                lastGood = end + 1;
                boolean more = tokens.isNumber(end + 1) || tokens.isCapital(end + 1) || small || end == start;
                if (words > 0
                        && tokens.isMark(end + 1, '.')
                        && tokens.touches(end + 1)
                        && isAbbreviation(tokens, end + 1)) {
                    lastGood = end + 2;
                    break;
                }
                if (words > 0 && !(more && continues(tokens, end + 1))) {
                    end++;
                    break;
                }
            } else if (tokens.isWord(end)) {
                if (units.contains(lower) && unitEnd(tokens, end) > end) {
                    break;
                }
                boolean type = isType(lower) && words > 0;
                if (words > 0
                        && typed.contains(lower)
                        && (typed.contains(tokens.lower(end - 1))
                                || tokens.isNumber(end - 1)
                                || (opened && !starts.contains(lower)))) {
                    break; // "90 Whitchurch Road street": the last word is the sentence's
                }
                boolean takes = tokens.isCapital(end)
                        || type
                        || particles.contains(lower)
                        || starts.contains(lower)
                        || isCompound(lower)
                        || (words > 0
                                && !tokens.has(end, Lexicon.COMMON)
                                && (starts.contains(tokens.lower(end - 1))
                                        || particles.contains(tokens.lower(end - 1))))
                        || (small && !vocabulary.isOrdinary(lower, tokens.flags(end)))
                        || (words > 0 && ends.contains(lower) && tokens.isCapital(end - 1));
                if (!takes
                        || calendar.contains(lower)
                        || (end == start
                                && particles.contains(lower)
                                && !tokens.isCapital(end)
                                && !starts.contains(lower))) {
                    break;
                }
                opened |= words == 0 && starts.contains(lower) && lower.length() > 2;
                words++;
                typeSeen |= typed.contains(lower) && words > 1;
                known |= (words > 1 && typed.contains(lower))
                        || (words == 1 && starts.contains(lower) && words < 2)
                        || isCompound(lower);
                known |= words > 1 && ends.contains(lower);
                if (!particles.contains(lower) || type) {
                    lastGood = end + 1;
                }
            } else if (tokens.isMark(end, '.') && tokens.touches(end) && isAbbreviation(tokens, end)) {
                lastGood = end + 1;
            } else {
                break;
            }
            end++;
        }
        end = lastGood;
        boolean leading = tokens.isNumber(start);
        boolean unit = unitEnd(tokens, end) > end;
        boolean cue = before.contains(tokens.lower(start - 1));
        boolean good = words > 0
                && ((known
                                && numbers >= 1
                                && (leading || tokens.isNumber(end - 1) || tokens.isMark(end - 1, '.') || numbers >= 1))
                        || (leading && numbers >= 2 && !isYear(tokens, start))
                        || (leading && numbers >= 1 && unit)
                        || (known && cue && words > 1 && tokens.isCapital(start) && typedEnd(tokens, end)));
        boolean plain = !leading
                && numbers == 1
                && Set.of("on", "at", "of", "is").contains(tokens.lower(start - 1))
                && words < 4
                && tokens.length(end - 1) < 4 + (words > 1 ? 1 : 0)
                && noParticle(tokens, start, end)
                && cue
                && tokens.isNumber(end - 1)
                && words > 0
                && !tokens.has(start, Lexicon.ORDINARY | Lexicon.OTHER)
                && tokens.isCapital(start);
        return good || plain ? new Street(start, end, numbers, leading) : null;
    }

    private boolean noParticle(Tokens tokens, int start, int end) {
        for (int i = start; i < end; i++) {
            if (particles.contains(tokens.lower(i)) && !tokens.isCapital(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean typedEnd(Tokens tokens, int end) {
        return typed.contains(tokens.lower(end - 1))
                || (tokens.isMark(end - 1, '.') && typed.contains(tokens.lower(end - 2)));
    }

    /** After a number inside a street: "65 22", "1436 Redbud Drive"; but not "street 12. Then". */
    private boolean continues(Tokens tokens, int next) {
        return tokens.breaksBefore(next) == 0 && (tokens.isNumber(next) || !isUnit(tokens, next));
    }

    private boolean isAbbreviation(Tokens tokens, int dot) {
        String lower = tokens.lower(dot - 1);
        boolean word =
                tokens.isWord(dot - 1) && (ends.contains(lower) || starts.contains(lower)) && lower.length() <= 4;
        boolean last = !tokens.isWord(dot + 1)
                || tokens.breaksBefore(dot + 1) > 0
                || isUnit(tokens, dot + 1)
                || typed.contains(tokens.lower(dot + 1));
        boolean number = tokens.isNumber(dot - 1) && last && ends.contains(tokens.lower(dot - 2));
        boolean ordinal =
                tokens.isNumber(dot - 1) && tokens.isMark(dot - 2, '.') && ends.contains(tokens.lower(dot - 3));
        return word || number || ordinal;
    }

    boolean isType(String lower) {
        return typed.contains(lower) || isCompound(lower);
    }

    /** {@code Schulstraße}, {@code Kiannonkatu}. */
    private boolean isCompound(String lower) {
        for (int i = Math.max(2, lower.length() - 8); i < lower.length() - 2; i++) {
            if (parts.contains(lower.substring(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word only says that something is a street. */
    boolean isStreetWord(Tokens tokens, int token) {
        return typed.contains(tokens.lower(token));
    }

    /** The end of a post office box, {@code P.O. Box 12}, or the same token. */
    static int postBoxEnd(Tokens tokens, int start) {
        if (Set.of("postbox", "postfach").contains(tokens.lower(start))) {
            return tokens.isNumber(start + 1) ? start + 2 : start;
        }
        if (!tokens.lower(start).equals("p") && !tokens.lower(start).equals("po")) {
            return start;
        }
        int office = tokens.isMark(start + 1, '.') ? start + 2 : start + 1;
        int box = tokens.isMark(office + 1, '.') ? office + 2 : office + 1;
        box = tokens.lower(start).equals("po") ? start + 1 : box;
        boolean whole = tokens.lower(start).equals("po") || tokens.lower(office).equals("o");
        return whole && tokens.lower(box).equals("box") && tokens.isNumber(box + 1) ? box + 2 : start;
    }

    boolean isUnit(Tokens tokens, int token) {
        return units.contains(tokens.lower(token)) && unitEnd(tokens, token) > token;
    }

    /** The end of {@code Apt. 12} that starts here, or the same token. */
    int unitEnd(Tokens tokens, int token) {
        if (!units.contains(tokens.lower(token))) {
            return token;
        }
        int number = tokens.isMark(token + 1, '.') ? token + 2 : token + 1;
        boolean single = tokens.isInitial(number) && !tokens.isWord(number + 1);
        return tokens.isNumber(number) || single ? number + 1 : token;
    }

    private static boolean isHouseNumber(Tokens tokens, int token) {
        String number = tokens.lower(token);
        int digits = number.length() - (Character.isLetter(number.charAt(number.length() - 1)) ? 1 : 0);
        return tokens.length(token) <= 6
                && number.chars().limit(digits).allMatch(Character::isDigit)
                && !(tokens.isMark(token - 1, ':') && tokens.touches(token))
                && !tokens.isMark(token - 1, '#')
                && !(tokens.isMark(token + 1, '-') && tokens.isNumber(token + 2))
                && !(tokens.isMark(token - 1, '-') && tokens.isNumber(token - 2))
                && !(tokens.isMark(token + 1, '.') && tokens.touches(token + 2) && tokens.isNumber(token + 2))
                && !tokens.isMark(token + 1, ':')
                && !tokens.isMark(token + 1, '%');
    }

    private static boolean isYear(Tokens tokens, int token) {
        String number = tokens.lower(token);
        return number.length() == 4
                && (number.startsWith("19") || number.startsWith("20"))
                && Set.of("in", "since", "of", "the", "by").contains(tokens.lower(token - 1));
    }
}
